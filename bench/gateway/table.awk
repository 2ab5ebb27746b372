# Medians of the slices: name kind connections requests duration_us errors p50_us p99_us ticks
function median(list, n,   i, j, t) {
  for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j] < list[j - 1]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
  return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
function med(what, key,   i, copy) { for (i = 1; i <= count[key]; i++) copy[i] = value[what, key, i]; return median(copy, count[key]) }
$4 > 0 {
  key = $2 " " $3 " " $1; n = ++count[key]; errors[key] += $6
  value["rps", key, n] = $4 / ($5 / 1e6); value["p50", key, n] = $7; value["p99", key, n] = $8; value["cpu", key, n] = $9 * 10000 / $4
}
END {
  print "| what | connections | gateway | requests/s | of bare YARP | CPU us a request | p50 us | p99 us | errors |"
  print "|---|---|---|---|---|---|---|---|---|"
  kinds = split("json sse", kind, " "); levels = split("1 32 256", level, " "); names = split("nginx haproxy yarp stillgate-off stillgate portkey", name, " ")
  for (k = 1; k <= kinds; k++) for (c = 1; c <= levels; c++) for (m = 1; m <= names; m++) {
    key = kind[k] " " level[c] " " name[m]; floor = kind[k] " " level[c] " yarp"
    if (count[key]) printf "| %s | %s | %s | %d | %.2f | %d | %d | %d | %d |\n", kind[k], level[c], name[m], med("rps", key), med("rps", key) / med("rps", floor), med("cpu", key), med("p50", key), med("p99", key), errors[key]
  }
}
