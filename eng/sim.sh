#!/usr/bin/env bash
# A soak of the gateway with injected faults: providers that stall, reset, fail and go silent, clients that are slow or leave, reloads,
# a log that cannot be written. Usage: ./build.sh sim [SECONDS] [SEED]. One hour by default; the seed is printed, and given again repeats the run's choices.
# It ends with what was counted, or with what does not add up and exit 1. `./build.sh test` runs the same for a few seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/dotnet.sh
dotnet restore Stillgate.slnx --locked-mode --verbosity quiet
dotnet build tests/Stillgate.Tests --no-restore -c Release --verbosity quiet -nologo
# As `stillgate up` sets it for itself.
export DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1
export STILLGATE_SIM_SECONDS="${1:-3600}" STILLGATE_SIM_SEED="${2:-}"
exec dotnet artifacts/bin/Stillgate.Tests/release/Stillgate.Tests.dll -trait sim=gateway -showLiveOutput
