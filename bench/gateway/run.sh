#!/usr/bin/env bash
# The gateway against bare YARP, nginx, HAProxy and Portkey: requests a second, CPU a request and latency, all in one interleaved run on one core; then
# latency at half of the gateway's own most. Usage: bench/gateway/run.sh [ROUNDS] [SECONDS]. Writes docs/figures/gateway.md and .svg. Loopback only.
# BENCH_ONLY="yarp stillgate" measures those gateways alone, prints their table and writes nothing; BENCH_CONNECTIONS="32" leaves out 1 and 256.
set -euo pipefail
cd "$(dirname "$0")/../.."
. eng/dotnet.sh
rounds="${1:-4}"
seconds="${2:-2}"
# The runtime compiles the busiest code twice while it serves, on the gateway's own core: only after about half a minute of load is it done.
warm="${BENCH_WARM_SECONDS:-25}"
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
if ! command -v wrk >/dev/null || ! command -v nginx >/dev/null || ! command -v haproxy >/dev/null || ! command -v npm >/dev/null; then
  echo "bench: installing nginx, haproxy, wrk and nodejs with apt-get" >&2
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light haproxy wrk nodejs npm >/dev/null
fi
peers="nginx haproxy yarp stillgate-off stillgate"
if [ -n "${BENCH_ONLY:-}" ]; then
  peers="$BENCH_ONLY"
elif (cd bench/gateway/portkey && { [ ! -d node_modules ] || [ package-lock.json -nt node_modules ]; } && npm ci --no-audit --no-fund --ignore-scripts --silent; [ -d node_modules ]); then
  peers="$peers portkey"
else
  echo "bench: Portkey cannot be installed from npm here; the page goes without it" >&2
fi
dotnet build bench/gateway/BareYarp -c Release -v q -nologo >/dev/null
dotnet build bench/paced/Paced -c Release -v q -nologo >/dev/null
dotnet build src/Stillgate.Server -c Release -v q -nologo >/dev/null

work="$(mktemp -d)"
chmod 755 "$work" # nginx may run its worker as another user
pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
. bench/gateway/provider.sh
# Core 0 is the gateway's; the load and the provider share core 1.
start() { taskset -c "$1" "${@:2}" >"$work/logs/$RANDOM.log" 2>&1 & pids+=($!); last=$!; }
stillgate="artifacts/bin/Stillgate.Server/release/stillgate.dll"
bare="artifacts/bin/BareYarp/release/BareYarp.dll"
paced="artifacts/bin/Paced/release/Paced.dll"
declare -A process key
settings() { # name kind index
  cat <<YAML
listen: http://127.0.0.1:190$3
store: $work/store-$1-$2
providers: [{ url: "http://127.0.0.1:$([ "$2" = json ] && echo 19000 || echo 19001)", dialects: [openai.chat] }]
YAML
  [ "$1" = stillgate-off ] || cat <<YAML
controls: { logprobs: on, logitBiasWithLogprobs: on, choices: on, choicesMax: 4, outputTokens: on, outputTokensMax: 8192 }
budgets: [{ scope: account, window: day, requests: 1000000000, outputTokens: 1000000000000 }]
YAML
}
start 1 nginx -c "$work/nginx.conf" -p "$work"
start 0 nginx -c "$work/proxy.conf" -p "$work"; process[nginx-json]=$last; process[nginx-sse]=$last
start 0 haproxy -db -f "$work/haproxy.cfg"; process[haproxy-json]=$last; process[haproxy-sse]=$last
ports="19010 19011 19020 19021 19030 19031 19040 19041 19060 19061"
case "$peers" in *portkey*)
  start 0 env NODE_ENV=production node --require ./bench/gateway/portkey/loopback.cjs bench/gateway/portkey/node_modules/@portkey-ai/gateway/build/start-server.js --port=19050 --headless
  process[portkey-json]=$last; process[portkey-sse]=$last; ports="$ports 19050" ;;
esac
for kind in json sse; do
  digit=$([ $kind = json ] && echo 0 || echo 1)
  start 0 dotnet "$bare" "1902$digit" "http://127.0.0.1:1900$digit/"; process[yarp-$kind]=$last
  for name in stillgate-off stillgate; do
    key[$name-$kind]="$(dotnet "$stillgate" key create --store "$work/store-$name-$kind" --account bench 2>/dev/null)"
    settings $name $kind "$([ $name = stillgate ] && echo 3 || echo 6)$digit" >"$work/$name-$kind.yaml"
    start 0 dotnet "$stillgate" up --config "$work/$name-$kind.yaml"; process[$name-$kind]=$last
  done
done
for port in $ports; do
  for _ in $(seq 200); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.05; done
done

url() { # name kind
  local digit; digit=$([ "$2" = json ] && echo 0 || echo 1)
  case "$1" in
    direct) echo "http://127.0.0.1:1900$digit/v1/chat/completions" ;;
    nginx) echo "http://127.0.0.1:1901$digit/v1/chat/completions" ;;
    yarp) echo "http://127.0.0.1:1902$digit/v1/chat/completions" ;;
    stillgate) echo "http://127.0.0.1:1903$digit/v1/chat/completions" ;;
    haproxy) echo "http://127.0.0.1:1904$digit/v1/chat/completions" ;;
    portkey) echo "http://127.0.0.1:19050/v1/chat/completions" ;;
    stillgate-off) echo "http://127.0.0.1:1906$digit/v1/chat/completions" ;;
  esac
}
memory() { awk '$1 == "VmRSS:" { sum += $2 } END { printf "%d", sum / 1024 }' $(for pid in "$1" $(cat "/proc/$1/task/$1/children"); do echo "/proc/$pid/status"; done); }
ticks() { awk '{ sum += $14 + $15 } END { print sum }' $(for pid in "$1" $(cat "/proc/$1/task/$1/children"); do echo "/proc/$pid/stat"; done); }
slice() { # name kind connections seconds
  local pid="${process[$1-$2]}" before after line provider=""
  [ "$1" = portkey ] && provider="http://127.0.0.1:$([ "$2" = json ] && echo 19000 || echo 19001)"
  before=$(ticks "$pid")
  line=$(BENCH_BODY="$work/$2.body" BENCH_KEY="${key[$1-$2]:-none}" BENCH_PROVIDER="$provider" taskset -c 1 wrk -t1 -c"$3" -d"$4"s --timeout 10s -s bench/gateway/post.lua "$(url "$1" "$2")" | grep RESULT)
  # What a gateway does behind its answers is its cost too: a moment for that, and only then the next gateway gets the core.
  sleep 0.3
  after=$(ticks "$pid")
  echo "$1 $2 $3 ${line#RESULT } $((after - before))"
}
for name in $peers; do echo "$name $(memory "${process[$name-json]}")"; done >"$work/idle"
for name in $peers; do for kind in json sse; do slice "$name" $kind 32 "$(case $name in nginx | haproxy) echo 1 ;; portkey) echo 5 ;; *) echo "$warm" ;; esac)" >/dev/null; done; done
for round in $(seq "$rounds"); do
  order="$peers"; [ $((round % 2)) = 0 ] && order="$(echo "$peers" | tr ' ' '\n' | tac | xargs)"
  for kind in json sse; do for c in ${BENCH_CONNECTIONS:-1 32 256}; do
    [ $c = 32 ] || [ $((round % 2)) = 0 ] || continue
    for name in $order; do slice "$name" $kind $c "$seconds"; done
  done; done
done | tee "$work/slices.txt" >&2
[ "$rounds" -gt 1 ] || [ -n "${BENCH_CONNECTIONS:-}" ] || for kind in json sse; do for c in 1 256; do for name in $peers; do slice "$name" $kind $c "$seconds"; done; done; done | tee -a "$work/slices.txt" >&2
awk -f bench/gateway/table.awk "$work/slices.txt" >"$work/table.md"
if [ -n "${BENCH_ONLY:-}" ]; then
  cat "$work/table.md"
  exit 0
fi

# Half load: an open loop at half of what Stillgate serves with everything on, the same for all. One stall of the machine is the 99th percentile of a short round.
half_seconds=$((seconds + 4))
for kind in json sse; do
  half=$(awk -F ' *[|] *' -v kind=$kind '$2 == kind && $3 == 32 && $4 == "stillgate" { print int($5 / 2) }' "$work/table.md")
  for round in 1 2 3 4 5; do for name in direct nginx yarp stillgate-off stillgate; do
    echo "$kind $name $half $(taskset -c 1 dotnet "$paced" rate "$(url "$name" $kind)" "${key[$name-$kind]:-none}" "$work/$kind.body" "$half" "$half_seconds" | grep RATE)"
  done; done
done | tee "$work/rates.txt" >&2
{
  echo "| what | requests/s asked | gateway | p50 us | p99 us | p99.9 us |"
  echo "|---|---|---|---|---|---|"
  for kind in json sse; do for name in direct nginx yarp stillgate-off stillgate; do
    # The middle of five rounds, each column by itself.
    column() { awk -v k=$kind -v n=$name -v c="$1" '$1 == k && $2 == n { print $c }' "$work/rates.txt" | sort -n | sed -n 3p; }
    echo "| half $kind | $(column 3) | $name | $(column 6) | $(column 8) | $(column 9) |"
  done; done
} >"$work/half.md"
figure=docs/figures/gateway
{
  echo "# The gateway's speed"
  echo
  echo "Made by \`./build.sh bench gateway $rounds $seconds\`. Medians of $rounds interleaved rounds of $seconds s (half as many at 1 and 256 connections); the gateway under test alone on"
  echo "core 0, warm after $warm s of load of each kind, the load (wrk, closed loop) and the provider (nginx with fixed answers) on core 1; plain HTTP over loopback. \`stillgate\` has everything on: key check, limits,"
  echo "envelope, controls, a budget of tokens (so a stream's usage is asked for and its chunk filtered), record, tap, sketch, analysis and the exchange log without content."
  echo "\`stillgate-off\` is the same without controls and budgets; key check, record, sketch, analysis and log cannot be switched off. nginx, HAProxy and bare YARP only forward."
  echo "JSON: a request of $(stat -c %s "$work/json.body") bytes and an answer of $(stat -c %s "$work/www/json/v1/chat/completions"). SSE: 102 events, $(stat -c %s "$work/www/sse/v1/chat/completions") bytes flat out, chunked, as a provider sends them that was asked for usage."
  echo "CPU is the gateway's whole process, what it does behind the answers included. Portkey is @portkey-ai/gateway 1.15.2 with @hono/node-server 1.13.5 and hono 4.9.7, without"
  echo "which its streams fail; bare YARP has the defaults of Kestrel and of the runtime, but that it is compiled in full as early as the gateway is (decision 0065). @khanglvm/llm-router 2.6.2 is missing: its dependency @levu/snap is not in the registry, so"
  echo "npm cannot install it."
  echo "Machine: $(nproc) cores of $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), shared with other work (load average $(cut -d' ' -f1 /proc/loadavg) at the end); trust the ratios, not the third digit."
  echo
  cat "$work/table.md"
  echo
  echo "![requests a second](gateway.svg)"
  echo
  echo "## At half load"
  echo
  echo "An open loop: requests are due at given times, independent of the answers and the same for all, at half of what \`stillgate\` served at 32 connections; latency counts"
  echo "from when a request was due. Medians of five rounds of $half_seconds s, the first half second of each left out. The client shares core 1 with the provider, so \`direct\` carries their part."
  echo
  cat "$work/half.md"
  echo
  echo "## Memory"
  echo
  echo "| gateway | RSS idle MB | after the run MB |"
  echo "|---|---|---|"
  while read -r name idle; do echo "| $name | $idle | $(memory "${process[$name-json]}") |"; done <"$work/idle"
  echo
  cat "$work/table.md" "$work/half.md" | awk -f bench/gateway/goals.awk
} >"$figure.md"
awk -f bench/gateway/plot.awk "$work/table.md" >"$figure.svg"
cat "$figure.md"
