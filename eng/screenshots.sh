#!/usr/bin/env bash
# Regenerates the pictures of the README: runs the demo and photographs its console in headless Chromium, light and dark.
set -euo pipefail
cd "$(dirname "$0")/.."
eng/install-browser.sh
log="$(mktemp)"
./stillgate demo --seed 1 --listen http://127.0.0.1:0 --console http://127.0.0.1:0 >"$log" 2>&1 &
demo=$!
trap 'kill -INT "$demo" 2>/dev/null; wait "$demo" 2>/dev/null || true; rm -f "$log"' EXIT
mkdir -p docs/images
node tests/console-browser/pictures.mjs "$log" docs/images
