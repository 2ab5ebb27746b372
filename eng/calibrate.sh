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
compose() { # side, style, texts, seeds...
  local side="$1" style="$2" texts="$3"
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
compose fit standard data 101 102 103 104 105
compose fit standard builtin 111 112 113 114 115
compose fit contrast data 131 132
compose fit contrast builtin 133
compose control standard data 201 202 203 204 205 206 207 208
compose control standard builtin 211 212 213 214 215 216 217 218 219 220
compose control contrast data 231 232
compose control contrast builtin 235 236
list() { (cd "$work" && ls -d "$1"-* | sed "s#^#$work/#" | paste -sd,); }
$stillgate lab calibrate ${ACCOUNT_TABLE:+--account-table "$ACCOUNT_TABLE"} ${GROUP_TABLE:+--group-table "$GROUP_TABLE"} --fit "$(list fit)" --controls "$(list control)" --name composed-2026-12 --explain 3 \
  --origin "eng/calibrate.sh: composed logs of two styles, scale 0.1, tuning half of wrappers and sources; fit on seeds 101-105, 111-115 and, in the contrasting style, 131-133; controls from seeds 201-208, 211-220, 231, 232, 235 and 236" \
  --out src/Stillgate.Detection/Evidence/calibration.json | cut -c1-240
