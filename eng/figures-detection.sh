#!/usr/bin/env bash
# Rebuilds docs/figures/detection.md: composes logs from the half of the development sources, and of the wrappers, that tuning
# never saw (docs/decisions/0012-calibration.md), analyses them and compares with the truth.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/dotnet.sh
export STILLGATE_DATA="${STILLGATE_DATA:-$PWD/../shared/data}"
if [ ! -d "$STILLGATE_DATA/traffic/dev" ]; then
  echo "figures detection: skipped: no traffic corpora here (set STILLGATE_DATA)" >&2
  exit 0
fi
eng/build.sh
stillgate="dotnet artifacts/bin/Stillgate.Server/release/stillgate.dll"
. eng/calibration-sources.sh
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for seed in 301 302 303 304 305 306; do
  $stillgate lab simulate --out "$work/seed-$seed" --seed "$seed" --scale 0.1 --texts data --sources "$REPORTING_SOURCES" --wrappers report | sed -n 1p
done
$stillgate lab evaluate "$work"/seed-* --out docs/figures/detection.md
echo "wrote docs/figures/detection.md"
