#!/usr/bin/env bash
# What the SDK tests need: Node (Debian's, where there is none yet) and the official OpenAI and Anthropic packages from the lock file.
set -euo pipefail
cd "$(dirname "$0")/../tests/sdk-node"
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "install-node-sdks: installing nodejs and npm with apt-get" >&2
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
fi
if [ ! -f node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
  npm ci --no-audit --no-fund --ignore-scripts --silent
  touch node_modules/.installed
fi
