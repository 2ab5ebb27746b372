#!/usr/bin/env bash
# Decisions on the live path: every pack under policies/ enforced together, a hold in force. Prints nanoseconds of processor time and bytes of one decision.
set -euo pipefail
cd "$(dirname "$0")/../.."
. eng/dotnet.sh
dotnet build src/Stillgate.Server -c Release --verbosity quiet -nologo
dotnet artifacts/bin/Stillgate.Server/release/stillgate.dll policy bench policies "$@"
