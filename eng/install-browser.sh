#!/usr/bin/env bash
# Installs what the console's browser tests need: Debian's Chromium and Node, and two npm packages from the committed lock.
# Where it cannot, it says so and goes on: those tests then skip with the same reason.
set -euo pipefail
cd "$(dirname "$0")/../tests/console-browser"

packages=()
command -v chromium >/dev/null || packages+=(chromium)
command -v npm >/dev/null || packages+=(npm)
fc-list 2>/dev/null | grep -i '/inter/\|Inter-' >/dev/null || packages+=(fontconfig fonts-inter fonts-dejavu-core)
if [ ${#packages[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  echo "install-browser: installing ${packages[*]} with apt-get" >&2
  if ! { "${as_root[@]}" apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null 2>&1; then
    echo "install-browser: apt-get could not install ${packages[*]}; the browser tests will skip" >&2
    exit 0
  fi
fi

if [ ! -d node_modules/playwright-core ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  if ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1; then
    echo "install-browser: npm could not install the packages of tests/console-browser; the browser tests will skip" >&2
  fi
fi
