#!/usr/bin/env bash
# Rebuilds the model of elicitation cues that ships, src/Stillgate.Detection/Sketching/cue-model.bin, from eng/cue-prompts and from what the legitimate accounts of
# composed logs ask. Run it after adding prompts, then eng/calibrate.sh. Takes about three minutes.
set -euo pipefail
. "$(dirname "$0")/composing.sh"
ordinary() { compose "cue-$1" "$1" "$2" --harvest-share 0 --texts "${@:3}"; } # seed, style, texts...
for seed in {181..204}; do
  case $((seed % 3)) in
    0) ordinary "$seed" standard data --sources "$CUE_SOURCES" ;;
    1) ordinary "$seed" standard builtin ;;
    2) ordinary "$seed" contrast data --sources "$CUE_SOURCES" ;;
  esac
done
# Documents and questions about them, in twelve languages: ordinary prose, of which composed texts have little.
compose prose-157 157 standard --harvest-share 0 --texts data --sources batch_rag_qa
$stillgate lab cues fit --prompts eng/cue-prompts --logs "$(list cue)" --teaching-logs "$work/prose-157" --out src/Stillgate.Detection/Sketching/cue-model.bin
