#!/usr/bin/env bash
# Rebuilds the model of elicitation cues that ships, src/Stillgate.Detection/Sketching/cue-model.bin, from eng/cue-prompts and from what the legitimate accounts of
# composed logs ask. Run it after adding prompts, then eng/calibrate.sh. Takes about three minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/dotnet.sh
export STILLGATE_DATA="${STILLGATE_DATA:-$PWD/../shared/data}"
. eng/calibration-sources.sh
eng/build.sh
stillgate="dotnet artifacts/bin/Stillgate.Server/release/stillgate.dll"
work="${1:-$(mktemp -d)}"
compose() { # seed, style, texts...
  [ -d "$work/cue-$1" ] || $stillgate lab simulate --out "$work/cue-$1" --seed "$1" --style "$2" --scale 0.1 --wrappers tune --harvest-share 0 --texts "${@:3}" | sed -n 1p
}
for seed in {181..204}; do
  case $((seed % 3)) in
    0) compose "$seed" standard data --sources "$CUE_SOURCES" ;;
    1) compose "$seed" standard builtin ;;
    2) compose "$seed" contrast data --sources "$CUE_SOURCES" ;;
  esac
done
# Documents and questions about them, in twelve languages: ordinary prose, of which composed texts have little.
[ -d "$work/prose-157" ] || $stillgate lab simulate --out "$work/prose-157" --seed 157 --scale 0.1 --wrappers tune --harvest-share 0 --texts data --sources batch_rag_qa | sed -n 1p
$stillgate lab cues fit --prompts eng/cue-prompts --logs "$(ls -d "$work"/cue-* | paste -sd,)" --teaching-logs "$work/prose-157" \
  --out src/Stillgate.Detection/Sketching/cue-model.bin
