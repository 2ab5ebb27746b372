#!/usr/bin/env bash
# Rebuilds the calibration that ships: src/Stillgate.Detection/Evidence/calibration.json. Run it after a change to what detection
# measures or to the composer, then ./build.sh figures detection. Takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/dotnet.sh
export STILLGATE_DATA="${STILLGATE_DATA:-$PWD/../shared/data}"
. eng/calibration-sources.sh
eng/build.sh
stillgate="dotnet artifacts/bin/Stillgate.Server/release/stillgate.dll"
work="${1:-$(mktemp -d)}"
compose() { # side, texts, seeds...
  local side="$1" texts="$2"
  shift 2
  for seed in "$@"; do
    [ -d "$work/$side-$seed" ] && continue
    if [ "$texts" = data ]; then
      $stillgate lab simulate --out "$work/$side-$seed" --seed "$seed" --scale 0.1 --wrappers tune --texts data --sources "$TUNING_SOURCES" | sed -n 1p
    else
      $stillgate lab simulate --out "$work/$side-$seed" --seed "$seed" --scale 0.1 --wrappers tune --texts builtin | sed -n 1p
    fi
  done
}
compose fit data 101 102 103 104 105
compose fit builtin 111 112 113 114 115
compose control data 201 202 203 204 205 206 207 208
compose control builtin 211 212 213 214 215 216 217 218 219 220
list() { (cd "$work" && ls -d "$1"-* | sed "s#^#$work/#" | paste -sd,); }
$stillgate lab calibrate --fit "$(list fit)" --controls "$(list control)" --name composed-2026-11 --explain 3 \
  --origin "eng/calibrate.sh: composed logs, scale 0.1, tuning half of wrappers and sources; fit on seeds 101-105 (development texts) and 111-115 (built-in texts), controls from seeds 201-208 and 211-220" \
  --out src/Stillgate.Detection/Evidence/calibration.json | cut -c1-240
