# Draws how late events are, by share of the events, from lines "POINT share microseconds"; one curve for each file.
FNR == 1 { n++; name[n] = FILENAME; sub(/.*\//, "", name[n]); sub(/\.out$/, "", name[n]) }
$1 == "POINT" { late[n, $2] = $3 / 1000; if ($2 <= 99 && $3 / 1000 > most) most = $3 / 1000 }
END {
  split("#6b7280 #b45309 #1d4ed8", colour, " ")
  width = 640; height = 320; left = 60; bottom = 40; top = 20; right = 20
  if (most <= 0) most = 1
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n", width, height
  printf "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", width, height
  for (i = 0; i <= 4; i++) {
    y = height - bottom - (height - top - bottom) * i / 4; x = left + (width - left - right) * i / 4
    printf "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#e5e7eb\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f ms</text>\n", left, y, width - right, y, left - 6, y + 4, most * i / 4
    printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d %%</text>\n", x, height - bottom + 18, 25 * i
  }
  printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">share of events that came no later (up to 99 %%)</text>\n", (left + width - right) / 2, height - 6
  for (k = 1; k <= n; k++) {
    points = ""
    for (s = 0; s <= 99; s++) points = points sprintf("%.1f,%.1f ", left + (width - left - right) * s / 100, height - bottom - (height - top - bottom) * (late[k, s] / most))
    printf "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>\n", colour[k], points
    printf "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"3\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>\n", left + 12, top + 8 + 18 * (k - 1), colour[k], left + 32, top + 13 + 18 * (k - 1), name[k]
  }
  print "</svg>"
}
