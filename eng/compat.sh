#!/usr/bin/env bash
# The official SDKs for Node through `stillgate up`, with an independent mock from npm behind it. Ends with "N passed, N failed, N skipped".
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
stillgate="$root/artifacts/bin/Stillgate.Server/release/stillgate"
work="$(mktemp -d)"
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# Two ports that nobody has just now.
read -r mock_port port < <(node -e '
  const net = require("node:net");
  const servers = [net.createServer(), net.createServer()];
  Promise.all(servers.map((server) => new Promise((done) => server.listen(0, "127.0.0.1", done))))
    .then(() => { console.log(servers.map((server) => server.address().port).join(" ")); servers.forEach((server) => server.close()); });')

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

wait_for() {
  for _ in $(seq 1 120); do
    grep -q "$2" "$work/$1" && return
    sleep 0.25
  done
  echo "compat: no '$2' within 30 s:" >&2
  cat "$work/$1" >&2
  exit 2
}
wait_for mock.log listening
wait_for up.log ready

node compat.mjs "http://127.0.0.1:$port" "$key"
