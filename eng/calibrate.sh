#!/usr/bin/env bash
# Rebuilds the calibration that ships: src/Stillgate.Detection/Evidence/calibration.json. Run it after a change to what detection
# measures or to the composer, then ./build.sh figures detection. Takes about twenty minutes.
set -euo pipefail
. "$(dirname "$0")/composing.sh"
many() { # side, texts, style, seeds...
  local seed sources=()
  [ "$2" = data ] && sources=(--sources "$TUNING_SOURCES")
  for seed in "${@:4}"; do compose "$1-$seed" "$seed" "$3" --texts "$2" "${sources[@]}"; done
}
{
  many fit data standard {101..105}
  many control data standard {201..210}
  many control data standard {231..240}
  many control data standard {261..272}
  many control data contrast {451..454} {463..477}
} &
{
  many fit builtin standard {111..115}
  many control builtin standard {211..230}
  many control builtin standard {281..292}
  many control data contrast {251..256} {455..462} {478..492}
} &
wait
$stillgate lab calibrate --fit "$(list fit)" --controls "$(list control)" --name composed-2026-11 --explain 3 \
  --origin "eng/calibrate.sh: composed logs, scale 0.1, tuning half of wrappers and sources; fit on seeds 101-105 (development texts) and 111-115 (built-in texts), controls from seeds 201-210, 231-240 and 261-272, 211-230 and 281-292 (built-in texts), and 251-256 and 451-492 (contrasting style)" \
  --out src/Stillgate.Detection/Evidence/calibration.json | cut -c1-240
