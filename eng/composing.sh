# Sourced by what fits on composed logs, with the folder that they are kept in, if any. Builds, and gives `stillgate`, `work`, `compose` and `list`.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/dotnet.sh
export STILLGATE_DATA="${STILLGATE_DATA:-$PWD/../shared/data}"
. eng/calibration-sources.sh
eng/build.sh
stillgate="dotnet artifacts/bin/Stillgate.Server/release/stillgate.dll"
work="${1:-$(mktemp -d)}"
compose() { # folder, seed, style, options...: a log of the tuning half of wrappers, where it is not there yet
  [ -d "$work/$1" ] || $stillgate lab simulate --out "$work/$1" --style "$3" --seed "$2" --scale 0.1 --wrappers tune "${@:4}" | sed -n 1p
}
list() { (cd "$work" && ls -d "$1"-* | sed "s#^#$work/#" | paste -sd,); }
