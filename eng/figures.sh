#!/usr/bin/env bash
# Rebuilds docs/figures: every eng/figures-NAME.sh, or only those named. Example: ./build.sh figures parties
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
  for script in eng/figures-*.sh; do
    "$script"
  done
  exit 0
fi
for name in "$@"; do
  if [ ! -x "eng/figures-$name.sh" ]; then
    echo "figures: no figures are called '$name'" >&2
    exit 2
  fi
  "eng/figures-$name.sh"
done
