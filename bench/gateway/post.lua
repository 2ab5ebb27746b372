-- wrk script: POST of the file in the environment variable BENCH_BODY, with a key, and to Portkey with the provider's address. Ends with one line that a
-- script can read.
local file = assert(io.open(os.getenv("BENCH_BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. (os.getenv("BENCH_KEY") or "none")
local provider = os.getenv("BENCH_PROVIDER") or ""
if provider ~= "" then
  wrk.headers["x-portkey-provider"] = "openai"
  wrk.headers["x-portkey-custom-host"] = provider .. "/v1"
end

function done(summary, latency)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, bad, latency:percentile(50), latency:percentile(99)))
end
