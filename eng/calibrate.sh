#!/usr/bin/env bash
# Rebuilds the calibration that ships: src/Stillgate.Detection/Evidence/calibration.json. Run it after a change to what detection
# measures or to the composer, then ./build.sh figures detection. Takes about ten minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/dotnet.sh
export STILLGATE_DATA="${STILLGATE_DATA:-$PWD/../shared/data}"
. eng/calibration-sources.sh
eng/build.sh
stillgate="dotnet artifacts/bin/Stillgate.Server/release/stillgate.dll"
work="${1:-$(mktemp -d)}"
compose() { # side, texts, style, seeds...
  local side="$1" texts="$2" style="$3" seed
  shift 3
  for seed in "$@"; do
    [ -d "$work/$side-$seed" ] && continue
    if [ "$texts" = data ]; then
      $stillgate lab simulate --out "$work/$side-$seed" --style "$style" --seed "$seed" --scale 0.1 --wrappers tune --texts data --sources "$TUNING_SOURCES" | sed -n 1p
    else
      $stillgate lab simulate --out "$work/$side-$seed" --style "$style" --seed "$seed" --scale 0.1 --wrappers tune --texts builtin | sed -n 1p
    fi
  done
}
{
  compose fit data standard {101..105}
  compose control data standard {201..210}
  compose control data standard {231..240}
} &
{
  compose fit builtin standard {111..115}
  compose control builtin standard {211..230}
  compose control data contrast {251..256}
} &
wait
list() { (cd "$work" && ls -d "$1"-* | sed "s#^#$work/#" | paste -sd,); }
$stillgate lab calibrate --fit "$(list fit)" --controls "$(list control)" --name composed-2026-11 --explain 3 \
  --origin "eng/calibrate.sh: composed logs, scale 0.1, tuning half of wrappers and sources; fit on seeds 101-105 (development texts) and 111-115 (built-in texts), controls from seeds 201-210 and 231-240, 211-230 (built-in texts) and 251-256 (contrasting style)" \
  --out src/Stillgate.Detection/Evidence/calibration.json | cut -c1-240
