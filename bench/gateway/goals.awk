# Reads the page's table and says how it stands against the goals of DESIGN: 0.85 of bare YARP's requests/s at 32 connections, 110 us of CPU
# a JSON request.
BEGIN { FS = " *[|] *" }
$2 ~ /^(json|sse)$/ && $3 == 32 && $4 == "stillgate" { ratio[$2] = $6; cpu[$2] = $7 }
END {
  printf "Against the goals, at 32 connections: JSON %.2f of bare YARP (goal 0.85: %s), SSE flat out %.2f (goal 0.85: %s); %d us of CPU a JSON request (goal 110: %s).\n",
    ratio["json"], (ratio["json"] >= 0.85 ? "met" : "missed"), ratio["sse"], (ratio["sse"] >= 0.85 ? "met" : "missed"), cpu["json"], (cpu["json"] <= 110 ? "met" : "missed")
}
