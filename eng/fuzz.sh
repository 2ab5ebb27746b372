#!/usr/bin/env bash
# Random and damaged inputs against the parsers (SSE, request envelopes, conversations, answers of every dialect), for SECONDS each.
# It is property-based, not coverage-guided. A failure prints its seed: set CsCheck_Seed to it to repeat. Usage: ./build.sh fuzz [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/dotnet.sh
dotnet restore Stillgate.slnx --locked-mode --verbosity quiet
dotnet build tests/Stillgate.Tests --no-restore -c Release --verbosity quiet -nologo
CsCheck_Time="${1:-30}" exec dotnet artifacts/bin/Stillgate.Tests/release/Stillgate.Tests.dll -trait fuzz=parsers
