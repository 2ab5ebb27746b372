# Reads the page's tables and says how they stand against the goals: 0.85 of bare YARP's requests/s at 32 connections, 110 us of CPU a JSON request, ten
# times Portkey, 0.3 ms of p50 and 0.5 ms of p99 added at half load to the provider asked directly; what bare YARP adds, and the difference to it, stand beside that and are no goal.
BEGIN { FS = " *[|] *" }
$2 ~ /^(json|sse)$/ && $3 == 32 { rate[$2, $4] = $5; cpu[$2, $4] = $7 }
$2 ~ /^half (json|sse)$/ { kind = $2; sub(/half /, "", kind); p50[kind, $4] = $5; p99[kind, $4] = $6 }
function verdict(met) { return met ? "met" : "missed" }
function ratio(kind, other) { return rate[kind, other] ? rate[kind, "stillgate"] / rate[kind, other] : 0 }
END {
  printf "Against the goals, everything on, at 32 connections:\n"
  for (i = 1; i <= split("json sse", kinds, " "); i++) {
    kind = kinds[i]
    printf "%s %.2f of bare YARP (goal 0.85: %s), %.0f times Portkey (goal 10: %s);\n", toupper(kind), ratio(kind, "yarp"), verdict(ratio(kind, "yarp") >= 0.85), ratio(kind, "portkey"), verdict(ratio(kind, "portkey") >= 10)
  }
  printf "%d us of CPU a JSON request (goal 110: %s).\n", cpu["json", "stillgate"], verdict(cpu["json", "stillgate"] <= 110)
  printf "At half load, added to the provider asked directly, whose own p99 of %.1f and %.1f ms is the floor of this machine and client:", p99["json", "direct"] / 1000, p99["sse", "direct"] / 1000
  for (i = 1; i <= 2; i++) {
    kind = kinds[i]; a = (p50[kind, "stillgate"] - p50[kind, "direct"]) / 1000; b = (p99[kind, "stillgate"] - p99[kind, "direct"]) / 1000
    printf " %s p50 %.2f ms (goal 0.3: %s), p99 %.2f ms (goal 0.5: %s; bare YARP adds %.2f and %.2f)%s", toupper(kind), a, verdict(a <= 0.3), b, verdict(b <= 0.5),
      (p50[kind, "yarp"] - p50[kind, "direct"]) / 1000, (p99[kind, "yarp"] - p99[kind, "direct"]) / 1000, i == 1 ? ";" : ".\n"
  }
  printf "Beyond bare YARP at half load, in ms (below zero is sooner than it):"
  for (i = 1; i <= 2; i++) {
    kind = kinds[i]
    printf " %s p50 %+.2f, p99 %+.2f%s", toupper(kind), (p50[kind, "stillgate"] - p50[kind, "yarp"]) / 1000, (p99[kind, "stillgate"] - p99[kind, "yarp"]) / 1000, i == 1 ? ";" : ".\n"
  }
}
