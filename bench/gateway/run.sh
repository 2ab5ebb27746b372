#!/usr/bin/env bash
# The gateway against bare YARP and nginx: requests a second, CPU a request and latency, all in one interleaved run on one core.
# Usage: bench/gateway/run.sh [ROUNDS] [SECONDS]. Writes docs/figures/gateway.md. Loopback only.
set -euo pipefail
cd "$(dirname "$0")/../.."
. eng/dotnet.sh
rounds="${1:-5}"
seconds="${2:-3}"
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
if ! command -v wrk >/dev/null || ! command -v nginx >/dev/null || ! command -v haproxy >/dev/null; then
  echo "bench: installing nginx, haproxy and wrk with apt-get" >&2
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light haproxy wrk >/dev/null
fi
dotnet build bench/gateway/BareYarp -c Release -v q -nologo >/dev/null
dotnet build src/Stillgate.Server -c Release -v q -nologo >/dev/null

work="$(mktemp -d)"
chmod 755 "$work" # nginx may run its worker as another user
pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT

# The provider: nginx with fixed answers. An answer of about 1 kB, and a stream of 101 events sent flat out.
mkdir -p "$work/www/json/v1/chat" "$work/www/sse/v1/chat" "$work/logs"
filler="$(printf 'river stone water gate %.0s' $(seq 36))"
printf '{"id":"c1","object":"chat.completion","created":1767225600,"model":"m-large","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":{"prompt_tokens":80,"completion_tokens":150,"total_tokens":230}}' "$filler" >"$work/www/json/v1/chat/completions"
{
  for i in $(seq 100); do printf 'data: {"id":"chatcmpl-000000000000000000000000","object":"chat.completion.chunk","created":1767225600,"model":"m-large","system_fingerprint":"fp_0000000000","choices":[{"index":0,"delta":{"content":" word%03d"},"logprobs":null,"finish_reason":%s}]}\n\n' "$i" "$([ "$i" = 100 ] && echo '"stop"' || echo null)"; done
  printf 'data: [DONE]\n\n'
} >"$work/www/sse/v1/chat/completions"
prompt="$(printf 'Explain the gate and the river. %.0s' $(seq 14))"
printf '{"model":"m-large","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"%s"}],"max_tokens":256}' "$prompt" >"$work/json.body"
printf '{"model":"m-large","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"%s"}],"max_tokens":256,"stream":true}' "$prompt" >"$work/sse.body"
cat >"$work/nginx.conf" <<CONF
worker_processes 1; pid $work/nginx.pid; error_log $work/logs/error.log; daemon off;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000000; client_body_temp_path $work/a; proxy_temp_path $work/b; fastcgi_temp_path $work/c; uwsgi_temp_path $work/d; scgi_temp_path $work/e;
  server { listen 127.0.0.1:19000; root $work/www/json; default_type application/json; error_page 405 =200 \$uri; }
  server { listen 127.0.0.1:19001; root $work/www/sse; default_type text/event-stream; error_page 405 =200 \$uri; }
}
CONF
cat >"$work/proxy.conf" <<CONF
worker_processes 1; pid $work/proxy.pid; error_log $work/logs/proxy.log; daemon off;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000000; client_body_temp_path $work/f; proxy_temp_path $work/g; fastcgi_temp_path $work/h; uwsgi_temp_path $work/i; scgi_temp_path $work/j;
  upstream json { server 127.0.0.1:19000; keepalive 256; } upstream sse { server 127.0.0.1:19001; keepalive 256; }
  server { listen 127.0.0.1:19010; location / { proxy_pass http://json; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; } }
  server { listen 127.0.0.1:19011; location / { proxy_pass http://sse; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; } }
}
CONF
cat >"$work/haproxy.cfg" <<CONF
global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend json
  bind 127.0.0.1:19040
  default_backend json
frontend sse
  bind 127.0.0.1:19041
  default_backend sse
backend json
  server provider 127.0.0.1:19000
backend sse
  server provider 127.0.0.1:19001
CONF
# Core 0 is the gateway's; wrk and the provider share core 1.
start() { taskset -c "$1" "${@:2}" >"$work/logs/$RANDOM.log" 2>&1 & pids+=($!); last=$!; }
stillgate="artifacts/bin/Stillgate.Server/release/stillgate.dll"
bare="artifacts/bin/BareYarp/release/BareYarp.dll"
start 1 nginx -c "$work/nginx.conf" -p "$work"
declare -A process
start 0 nginx -c "$work/proxy.conf" -p "$work"; process[nginx]=$last
start 0 haproxy -db -f "$work/haproxy.cfg"; process[haproxy]=$last
for kind in json sse; do
  port=$([ $kind = json ] && echo 0 || echo 1)
  start 0 dotnet "$bare" "1902$port" "http://127.0.0.1:1900$port/"; process[yarp-$kind]=$last
  key="$(dotnet "$stillgate" key create --store "$work/store-$kind" --account bench 2>/dev/null)"; declare "key_$kind=$key"
  cat >"$work/$kind.yaml" <<YAML
listen: http://127.0.0.1:1903$port
store: $work/store-$kind
providers: [{ url: "http://127.0.0.1:1900$port", dialects: [openai.chat] }]
controls: { logprobs: on, logitBiasWithLogprobs: on, choices: on, choicesMax: 4, outputTokens: on, outputTokensMax: 8192 }
budgets: [{ scope: account, window: day, requests: 1000000000, outputTokens: 1000000000000 }]
YAML
  start 0 dotnet "$stillgate" up --config "$work/$kind.yaml"; process[stillgate-$kind]=$last
done
for port in 19010 19011 19020 19021 19030 19031 19040 19041; do
  for _ in $(seq 200); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.05; done
done

ticks() { awk '{print $14+$15}' "/proc/$1/stat"; }
children_ticks() { local sum; sum=$(ticks "$1"); for child in $(cat "/proc/$1/task/$1/children"); do sum=$((sum + $(ticks "$child"))); done; echo "$sum"; }
slice() { # name kind connections seconds
  local port kind="$2" pid key="none"
  case "$1" in
    nginx) port=1901; pid=${process[nginx]} ;;
    haproxy) port=1904; pid=${process[haproxy]} ;;
    yarp) port=1902; pid=${process[yarp-$kind]} ;;
    stillgate) port=1903; pid=${process[stillgate-$kind]}; key="key_$kind"; key="${!key}" ;;
  esac
  [ "$kind" = json ] && port=${port}0 || port=${port}1
  local before after line
  before=$(children_ticks "$pid")
  line=$(BENCH_BODY="$work/$kind.body" BENCH_KEY="$key" taskset -c 1 wrk -t1 -c"$3" -d"$4"s --timeout 10s -s bench/gateway/post.lua "http://127.0.0.1:$port/v1/chat/completions" | grep RESULT)
  after=$(children_ticks "$pid")
  echo "$1 $kind $3 ${line#RESULT } $((after - before))"
}
for name in nginx haproxy yarp stillgate; do for kind in json sse; do slice $name $kind 32 6 >/dev/null; done; done
for round in $(seq "$rounds"); do
  names="nginx haproxy yarp stillgate"; [ $((round % 2)) = 0 ] && names="stillgate yarp haproxy nginx"
  for kind in json sse; do for c in 1 32; do for name in $names; do slice $name $kind $c "$seconds"; done; done; done
done | tee "$work/slices.txt" >&2
table=bench/gateway/table.awk
mkdir -p docs/figures
{
  echo "# The gateway's speed"
  echo
  echo "Made by \`./build.sh bench gateway $rounds $seconds\`. Medians of $rounds interleaved rounds of $seconds s; the gateway under test alone on core 0, the load"
  echo "(wrk, closed loop) and the provider (nginx with fixed answers) on core 1; plain HTTP over loopback. Stillgate with everything on: key check, limits, envelope, controls,"
  echo "a budget of tokens (so a stream's usage is asked for and its chunk filtered), record, tap, sketch, analysis and the exchange log without content. nginx, HAProxy and bare YARP only forward. JSON: a request of $(stat -c %s "$work/json.body") bytes and an answer of $(stat -c %s "$work/www/json/v1/chat/completions"); SSE: 101 events, $(stat -c %s "$work/www/sse/v1/chat/completions") bytes flat out."
  echo "Machine: $(nproc) cores of $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), shared with other work (load average $(cut -d' ' -f1 /proc/loadavg) at the end); trust the ratios, not the third digit."
  echo
  awk -f "$table" "$work/slices.txt" | tee "$work/table.md"
  echo
  awk -f bench/gateway/goals.awk "$work/table.md"
} >docs/figures/gateway.md
cat docs/figures/gateway.md
