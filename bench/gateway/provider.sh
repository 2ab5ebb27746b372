# Sourced by run.sh: the provider's fixed answers, the requests, and the configurations of nginx and HAProxy. Needs $work.
# The answer is about 1 kB of JSON, or a stream of 102 events flat out, chunked as providers send them: a hundred with a word and usage null, the usage
# chunk, and the end's mark. sub_filter looks for what is not there: it makes nginx forget the length and send chunks.
mkdir -p "$work/www/json/v1/chat" "$work/www/sse/v1/chat" "$work/logs"
filler="$(printf 'river stone water gate %.0s' $(seq 36))"
printf '{"id":"c1","object":"chat.completion","created":1767225600,"model":"m-large","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":{"prompt_tokens":80,"completion_tokens":150,"total_tokens":230}}' "$filler" >"$work/www/json/v1/chat/completions"
event='data: {"id":"chatcmpl-000000000000000000000000","object":"chat.completion.chunk","created":1767225600,"model":"m-large","system_fingerprint":"fp_0000000000"'
{
  for i in $(seq 100); do printf '%s,"choices":[{"index":0,"delta":{"content":" word%03d"},"logprobs":null,"finish_reason":%s}],"usage":null}\n\n' "$event" "$i" "$([ "$i" = 100 ] && echo '"stop"' || echo null)"; done
  printf '%s,"choices":[],"usage":{"prompt_tokens":80,"completion_tokens":100,"total_tokens":180}}\n\ndata: [DONE]\n\n' "$event"
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
  server { listen 127.0.0.1:19001; root $work/www/sse; default_type text/event-stream; error_page 405 =200 \$uri; sub_filter_types text/event-stream; sub_filter "qqqzzzqqqzzz" ""; }
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
