#!/usr/bin/env bash
# The official SDKs for Node and .NET through `stillgate up`, with an independent mock from npm behind it; and, where OPENAI_NODE_DIR names a checkout of
# openai-node with its packages installed, the suite that its vendor generates. Ends with "N passed, N failed, N skipped", all of it together.
set -euo pipefail
root="$(pwd)"
for tool in node npm; do
  if ! command -v "$tool" >/dev/null; then
    echo "compat: $tool is needed; install Node 20 or later" >&2
    exit 2
  fi
done

cd "$root/tests/compat"
if [ ! -f node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
  npm ci --no-audit --no-fund --ignore-scripts --silent
  touch node_modules/.installed
fi

dotnet build "$root/src/Stillgate.Server" -c Release -v quiet --nologo >&2
(cd dotnet && dotnet build -c Release -v quiet --nologo -p:RestoreLockedMode=true >&2)
stillgate="$root/artifacts/bin/Stillgate.Server/release/stillgate"
work="$(mktemp -d)"
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# Ports that nobody has just now.
read -r mock_port port spec_port suite_port < <(node -e '
  const net = require("node:net");
  const servers = [1, 2, 3, 4].map(() => net.createServer());
  Promise.all(servers.map((server) => new Promise((done) => server.listen(0, "127.0.0.1", done))))
    .then(() => { console.log(servers.map((server) => server.address().port).join(" ")); servers.forEach((server) => server.close()); });')

wait_for() {
  for _ in $(seq 1 240); do
    grep -q "$2" "$work/$1" && return
    sleep 0.25
  done
  echo "compat: no '$2' within 60 s:" >&2
  cat "$work/$1" >&2
  exit 2
}

passed=0 failed=0 skipped=0
count() {
  echo "$1: $2 passed, $3 failed, $4 skipped"
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

# The last line of a driver is "N passed, N failed, N skipped"; one that ends without it counts as failed.
drive() {
  local name="$1" line
  shift
  "$@" 2>&1 | tee "$work/driver.log" || true
  line="$(tail -1 "$work/driver.log")"
  if [[ "$line" =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
    count "$name" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
  else
    count "$name (ended without a count)" 0 1 0
  fi
}

node node_modules/@copilotkit/aimock/dist/cli.js -p "$mock_port" -f fixtures.json >"$work/mock.log" 2>&1 &
pids+=("$!")
cat >"$work/stillgate.yaml" <<YAML
listen: http://127.0.0.1:$port
store: $work/store
providers:
  - name: mock
    url: http://127.0.0.1:$mock_port
    dialects: [openai.chat, openai.responses, openai.embeddings, anthropic.messages, gemini.generate]
    models: ["*"]
YAML
key="$("$stillgate" key create --store "$work/store" --account compat --json | node -e '
  let text = ""; process.stdin.on("data", (part) => text += part).on("end", () => console.log(Object.values(JSON.parse(text)).find((value) => String(value).startsWith("sg-"))));')"
"$stillgate" up --config "$work/stillgate.yaml" >"$work/up.log" 2>&1 &
pids+=("$!")
wait_for mock.log listening
wait_for up.log ready
drive "SDKs for Node" node compat.mjs "http://127.0.0.1:$port" "$key"
drive "SDKs for .NET" dotnet "$root/artifacts/compat/bin/Stillgate.Compat/release/Stillgate.Compat.dll" "http://127.0.0.1:$port" "$key"

if [ -z "${OPENAI_NODE_DIR:-}" ]; then
  echo "skipped  openai-node's generated suite: OPENAI_NODE_DIR names no checkout"
  count "openai-node's generated suite" 0 0 1
else
  . "$root/eng/compat-suite.sh"
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
