# Sourced. Puts a .NET SDK that global.json accepts on PATH; where there is none, fetches it with Microsoft's own
# install script into .dotnet/ of this clone, and says so. Nothing outside the clone is changed.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
if [ -x "$_root/.dotnet/dotnet" ]; then
  export DOTNET_ROOT="$_root/.dotnet" PATH="$_root/.dotnet:$PATH"
elif ! (cd "$_root" && dotnet --version >/dev/null 2>&1); then
  echo "stillgate: no .NET 10 SDK here; fetching it with Microsoft's install script into .dotnet/ of this clone" >&2
  mkdir -p "$_root/.dotnet"
  if ! curl -fsSL https://dot.net/v1/dotnet-install.sh -o "$_root/.dotnet/dotnet-install.sh" \
    || ! bash "$_root/.dotnet/dotnet-install.sh" --jsonfile "$_root/global.json" --install-dir "$_root/.dotnet" >&2; then
    rm -rf "$_root/.dotnet"
    echo "stillgate: the .NET SDK could not be fetched. Install the .NET 10 SDK (https://dot.net) and run this again." >&2
    exit 2
  fi
  export DOTNET_ROOT="$_root/.dotnet" PATH="$_root/.dotnet:$PATH"
fi
