#!/usr/bin/env bash
# Checks deploy/stillgate.service with systemd's own tools, without installing it: deploy/check.sh [PUBLISH_FOLDER]
# With a publish folder the unit's commands are checked to exist there. Prints the exposure that 'systemd-analyze security' counts.
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v systemd-analyze >/dev/null; then
  echo "check: systemd-analyze is needed; on Debian it is in the package systemd" >&2
  exit 2
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
folder="${1:-}"
if [ -z "$folder" ]; then
  folder="$work/publish"
  mkdir -p "$folder"
  printf '#!/bin/sh\n' >"$folder/stillgate"
  chmod +x "$folder/stillgate"
fi

# The unit names where an operator puts the publish folder; here it lies elsewhere.
sed "s|/opt/stillgate|$(realpath "$folder")|g" stillgate.service >"$work/stillgate.service"
systemd-analyze verify "$work/stillgate.service"
systemd-analyze security --offline=true --threshold=25 "$work/stillgate.service" >"$work/security.txt" || {
  cat "$work/security.txt"
  echo "check: the unit is more exposed than 2.5" >&2
  exit 1
}
tail -1 "$work/security.txt" | sed 's/^[^A-Z]*//'
echo "the unit is sound"
