#!/usr/bin/env bash
# One command for each thing: build, test, bench, compat, fuzz, sim, figures. Run `./build.sh` for the list.
set -euo pipefail
cd "$(dirname "$0")"
. eng/dotnet.sh

usage() {
  cat <<'TEXT'
usage: ./build.sh VERB

  build     compile everything (warnings are errors)
  test      install what the tests need, run them, end with "N passed, N failed, N skipped"
  compat    the official OpenAI, Anthropic and Google SDKs for Node and .NET through the gateway, an independent mock behind it
  bench     speed, as ratios against a named peer or floor in the same run
  fuzz      random and damaged inputs against the parsers, for as long as asked
  sim       long runs with faults injected from a printed seed
  figures   rebuild docs/figures
TEXT
}

verb="${1:-}"
[ $# -gt 0 ] && shift
case "$verb" in
  build) exec eng/build.sh "$@" ;;
  test | bench | compat | fuzz | sim | figures)
    if [ ! -x "eng/$verb.sh" ]; then
      echo "build.sh: '$verb' has nothing to run yet" >&2
      exit 2
    fi
    exec "eng/$verb.sh" "$@"
    ;;
  "" | -h | --help | help)
    usage
    [ -n "$verb" ] || exit 2
    ;;
  *)
    echo "build.sh: unknown verb '$verb'" >&2
    usage >&2
    exit 2
    ;;
esac
