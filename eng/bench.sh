#!/usr/bin/env bash
# Speed. Without arguments every benchmark; with a name that one, the rest going to it: ./build.sh bench gateway 5 3
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -gt 0 ]; then
  name="$1"
  shift
  [ -x "bench/$name/run.sh" ] || { echo "bench: no benchmark '$name'; there are: $(ls bench | xargs)" >&2; exit 2; }
  exec "bench/$name/run.sh" "$@"
fi
for run in bench/*/run.sh; do
  "$run"
done
