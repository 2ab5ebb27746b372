# Draws requests/s at 32 connections from the page's table: a bar for each gateway, JSON above streams.
BEGIN { FS = " *[|] *" }
$2 ~ /^(json|sse)$/ && $3 == 32 { n++; kind[n] = $2; name[n] = $4; rate[n] = $5; share[n] = $6; if ($5 > most) most = $5 }
END {
  width = 680; left = 170; right = 130; row = 22; top = 34; height = top + row * n + 50
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n", width, height
  printf "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", width, height
  printf "<text x=\"%d\" y=\"20\">requests/s on one core, 32 connections; in brackets: of bare YARP</text>\n", left
  for (i = 1; i <= n; i++) {
    y = top + row * (i - 1) + (kind[i] == "sse" ? 20 : 0)
    fill = name[i] ~ /^stillgate/ ? "#1d4ed8" : (name[i] == "yarp" ? "#b45309" : "#9ca3af")
    bar = most ? (width - left - right) * rate[i] / most : 0
    printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s %s</text>", left - 8, y + 14, kind[i], name[i]
    printf "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/><text x=\"%.1f\" y=\"%d\">%d (%s)</text>\n", left, y + 3, bar, fill, left + bar + 6, y + 14, rate[i], share[i]
  }
  print "</svg>"
}
