# Medians of the slices: name kind connections requests duration_us errors p50_us p99_us ticks
function median(list, n,   i, j, t) {
  for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j] < list[j - 1]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
  return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
function med(what, key,   i, copy) { for (i = 1; i <= count[key]; i++) copy[i] = value[what, key, i]; return median(copy, count[key]) }
{
  key = $2 " " $3 " " $1; n = ++count[key]; errors[key] += $6
  value["rps", key, n] = $4 / ($5 / 1e6); value["p50", key, n] = $7; value["p99", key, n] = $8; value["cpu", key, n] = $9 * 10000 / $4
}
END {
  print "| what | connections | gateway | requests/s | of bare YARP | CPU us a request | p50 us | p99 us | errors |"
  print "|---|---|---|---|---|---|---|---|---|"
  split("json sse", kinds, " "); split("1 32", connections, " "); split("nginx haproxy yarp stillgate", names, " ")
  for (k = 1; k <= 2; k++) for (c = 1; c <= 2; c++) for (m = 1; m <= 4; m++) {
    key = kinds[k] " " connections[c] " " names[m]; floor = kinds[k] " " connections[c] " yarp"
    printf "| %s | %s | %s | %d | %.2f | %d | %d | %d | %d |\n", kinds[k], connections[c], names[m], med("rps", key), med("rps", key) / med("rps", floor), med("cpu", key), med("p50", key), med("p99", key), errors[key]
  }
}
