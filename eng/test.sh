#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test, and ends with the plain line "N passed, N failed, N skipped".
# Arguments go to the test program, for example: ./build.sh test -class '*LayeringTests'
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/dotnet.sh
for step in eng/install-*.sh; do
  [ -e "$step" ] && "$step"
done
eng/build.sh
out="artifacts/test-output.txt"
status=0
dotnet artifacts/bin/Stillgate.Tests/release/Stillgate.Tests.dll "$@" 2>&1 | tee "$out" || status=$?
total=$(grep -oE 'Total: [0-9]+' "$out" | tail -1 | grep -oE '[0-9]+' || true)
failed=$(grep -oE 'Failed: [0-9]+' "$out" | tail -1 | grep -oE '[0-9]+' || true)
errors=$(grep -oE 'Errors: [0-9]+' "$out" | tail -1 | grep -oE '[0-9]+' || true)
skipped=$(grep -oE 'Skipped: [0-9]+' "$out" | tail -1 | grep -oE '[0-9]+' || true)
if [ -z "$total" ]; then
  echo "the test program ended without a summary" >&2
  exit 1
fi
failed=$((failed + errors))
echo "$((total - failed - ${skipped:-0})) passed, $failed failed, ${skipped:-0} skipped"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ]
