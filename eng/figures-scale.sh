#!/usr/bin/env bash
# Rebuilds docs/figures/detection-scale.md: a campaign of 24,000 accounts and 16 million exchanges among a million accounts. About half
# an hour on two cores, and some gigabytes of memory. STILLGATE_SCALE makes it smaller: 0.01 is 10,000 accounts and a campaign of 240.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/dotnet.sh
export STILLGATE_DATA="${STILLGATE_DATA:-$PWD/../shared/data}"
if [ ! -d "$STILLGATE_DATA/traffic/dev" ]; then
  echo "figures scale: skipped: no traffic corpora here (set STILLGATE_DATA)" >&2
  exit 0
fi
eng/build.sh
. eng/calibration-sources.sh
of() { awk -v whole="$1" -v scale="${STILLGATE_SCALE:-1}" 'BEGIN { printf "%d", whole * scale }'; }
dotnet artifacts/bin/Stillgate.Server/release/stillgate.dll lab scale --accounts "$(of 1000000)" --campaign-accounts "$(of 24000)" \
  --campaign-exchanges "$(of 16000000)" --texts data --sources "$REPORTING_SOURCES" --wrappers report --out docs/figures/detection-scale.md
echo "wrote docs/figures/detection-scale.md"
