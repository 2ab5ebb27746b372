#!/usr/bin/env bash
# Restores from the committed lock files and compiles the solution.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/dotnet.sh
dotnet restore Stillgate.slnx --locked-mode --verbosity quiet
exec dotnet build Stillgate.slnx --no-restore -c Release --verbosity quiet -nologo "$@"
