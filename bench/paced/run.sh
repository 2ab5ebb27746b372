#!/usr/bin/env bash
# Many paced streams at once through bare YARP and through Stillgate: how many stay open, how late their events are, and what memory they cost.
# Usage: bench/paced/run.sh [STREAMS] [SECONDS] [GAP_MS]. Writes docs/figures/gateway-paced.md and .svg. Loopback only.
set -euo pipefail
cd "$(dirname "$0")/../.."
. eng/dotnet.sh
streams="${1:-10000}"
seconds="${2:-20}"
gap="${3:-1000}"
# A stream over HTTP/1.1 takes two open files of the gateway. Where that is more than may be open, clients come over TLS and HTTP/2, many on a connection.
ulimit -Hn $((streams * 2 + 400)) 2>/dev/null || true
limit=$(ulimit -Hn)
scheme=http
if [ "$limit" != unlimited ] && [ "$limit" -lt $((streams * 2 + 400)) ]; then
  scheme=https
  [ "$limit" -gt $((streams + streams / 100 + 400)) ] || { echo "bench: no more than $limit files may be open here: $streams streams cannot be" >&2; exit 2; }
fi
ulimit -Sn "$(ulimit -Hn)"
dotnet build bench/gateway/BareYarp -c Release -v q -nologo >/dev/null
dotnet build bench/paced/Paced -c Release -v q -nologo >/dev/null
dotnet build src/Stillgate.Server -c Release -v q -nologo >/dev/null
work="$(mktemp -d)"
pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
start() { taskset -c "$1" "${@:2}" >"$work/last.log" 2>&1 & last=$!; pids+=("$last"); }
wait_port() { for _ in $(seq 400); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.05; done; echo "bench: nothing listens on $1" >&2; exit 1; }
paced=artifacts/bin/Paced/release/Paced.dll
stillgate=artifacts/bin/Stillgate.Server/release/stillgate.dll
start 1 dotnet "$paced" provider 18900 "$gap"
wait_port 18900

memory() { awk -v k="$1" '$1 == k ":" { printf "%d", $2 / 1024 }' "/proc/$2/status"; }
measure() { # name url key pid
  local idle out pid="$4"
  idle=$([ "$pid" = 0 ] && echo 0 || memory VmRSS "$pid")
  taskset -c 1 dotnet "$paced" client "$2" "$3" "$streams" "$seconds" >"$work/$1.out" &
  local client=$! loaded=0
  pids+=("$client")
  while kill -0 "$client" 2>/dev/null; do
    if [ "$pid" != 0 ] && [ "$loaded" = 0 ] && grep -q MEASURED "$work/$1.out"; then loaded=$(memory VmRSS "$pid"); fi
    sleep 0.05
  done
  wait "$client" || true
  out=$(grep RESULT "$work/$1.out")
  echo "$1 ${out#RESULT } $idle $loaded" | tee -a "$work/results" >&2
}
pem="$work/server.pem"
if [ $scheme = https ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/key.pem" -out "$work/certificate.pem" -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null
  cat "$work/certificate.pem" "$work/key.pem" >"$pem"
fi
url=http://127.0.0.1
measure direct "$url:18900/v1/chat/completions" none 0
start 0 dotnet artifacts/bin/BareYarp/release/BareYarp.dll 18910 "$url:18900/" $([ $scheme = https ] && echo "$pem")
wait_port 18910
measure yarp "$scheme://127.0.0.1:18910/v1/chat/completions" none "$last"
kill "$last"
key="$(dotnet "$stillgate" key create --store "$work/store" --account bench 2>/dev/null)"
cat >"$work/stillgate.yaml" <<YAML
listen: $scheme://127.0.0.1:18920
$([ $scheme = https ] && echo "tls: { certificate: $pem, key: $pem }")
store: $work/store
providers: [{ url: "$url:18900", dialects: [openai.chat] }]
budgets: [{ scope: account, window: day, requests: 1000000000, outputTokens: 1000000000000 }]
queueCapacity: $((streams * 2))
YAML
start 0 dotnet "$stillgate" up --config "$work/stillgate.yaml"
wait_port 18920
measure stillgate "$scheme://127.0.0.1:18920/v1/chat/completions" "$key" "$last"
kill "$last"
wait "$last" 2>/dev/null || true
# Each stream leaves a record, in the log or among those that the gateway counted as dropped; what is in neither is lost.
found=$(cat "$work"/store/exchanges/*.gz | gzip -dc | wc -l)
dropped=$(sed -n 's/.*stopped: [0-9]* records written, \([0-9]*\) dropped.*/\1/p' "$work/last.log")
figure=docs/figures/gateway-paced
{
  echo "# Paced streams through the gateway"
  echo
  echo "Made by \`./build.sh bench paced $streams $seconds $gap\`. $streams streams at once, one event each $gap ms, measured for $seconds s from ten seconds after the last had begun. An event's lateness"
  echo "is from its writing at the provider to its reading at the client. The gateway alone on core 0; provider and client on core 1, whose own queueing is most of"
  echo "what \`direct\` shows. Stillgate with key check, a budget that counts tokens (so each stream's usage chunk is asked for and filtered), record and tap."
  [ $scheme = http ] || echo "A process may have $limit files open here and a stream over HTTP/1.1 takes two of the gateway's, so both gateways take their clients over TLS and HTTP/2, a hundred streams a connection, and go to the provider over HTTP/1.1."
  echo "Machine: $(nproc) cores of $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), shared with other work (load average $(cut -d' ' -f1 /proc/loadavg) at the end)."
  echo
  echo "| gateway | streams open at the end | failed or ended | events | late p50 ms | p90 | p99 | p99.9 | RSS idle MB | RSS with the streams MB | KB a stream |"
  echo "|---|---|---|---|---|---|---|---|---|---|---|"
  awk -v n="$streams" '{ printf "| %s | %d | %d | %d | %.1f | %.1f | %.1f | %.1f | %s | %s | %s |\n", $1, $2, $3, $4, $5/1000, $6/1000, $7/1000, $8/1000, $9 ? $9 : "-", $10 ? $10 : "-", $10 ? sprintf("%.0f", ($10-$9)*1024/n) : "-" }' "$work/results"
  echo
  echo "Records of these $streams streams after the stop: $found in the exchange log, ${dropped:-unknown} dropped and counted by the gateway, $((streams - found - ${dropped:-0})) lost without being counted."
  echo
  echo "![how late events are](gateway-paced.svg)"
} >"$figure.md"
awk -f bench/paced/plot.awk "$work/direct.out" "$work/yarp.out" "$work/stillgate.out" >"$figure.svg"
cat "$figure.md"
