# Part of eng/compat.sh: the suite that openai-node's vendor generates, against a mock that checks every request by the vendor's own specification, Stillgate between.
# The suite speaks to endpoints that Stillgate does not serve (files, batches, fine-tuning, administration): here the operator lets them all pass, as docs/operations/configuration.md
# says under "Paths that pass unread".
spec="$OPENAI_NODE_DIR/api_reference/openapi.transformed.yml"
if [ ! -f "$spec" ] || [ ! -d "$OPENAI_NODE_DIR/node_modules" ]; then
  echo "compat: OPENAI_NODE_DIR: expected a checkout of openai-node with api_reference/openapi.transformed.yml, after 'npm i --ignore-scripts' in it" >&2
  exit 2
fi

# The specification leaves /v1 to its server's address, which the mock does not take up.
sed -E 's|^  /|  /v1/|' "$spec" >"$work/spec.yml"
node node_modules/@stdy/cli/steady.js --host 127.0.0.1 -p "$spec_port" --quiet \
  --validator-query-array-format=brackets --validator-form-array-format=brackets --validator-query-object-format=brackets --validator-form-object-format=brackets \
  "$work/spec.yml" >"$work/spec.log" 2>&1 &
pids+=("$!")
cat >"$work/suite.yaml" <<YAML
listen: http://127.0.0.1:$suite_port
store: $work/suite-store
open: true
passThrough: ["/v1/*"]
providers:
  - name: spec
    url: http://127.0.0.1:$spec_port
    dialects: [openai.chat, openai.responses, openai.embeddings, openai.completions]
    models: ["*"]
    credential: { env: COMPAT_SUITE_KEY }
YAML
COMPAT_SUITE_KEY=suite "$stillgate" up --config "$work/suite.yaml" >"$work/suite-up.log" 2>&1 &
pids+=("$!")
wait_for spec.log "Ready to accept"
wait_for suite-up.log ready

(cd "$OPENAI_NODE_DIR" && TEST_API_BASE_URL="http://127.0.0.1:$suite_port/v1" OPENAI_TEST_SUITE=generated bash scripts/test --runInBand --json --outputFile="$work/suite.json") >"$work/suite.log" 2>&1 || true
if [ -f "$work/suite.json" ]; then
  drive "openai-node's generated suite" node suite.mjs "$work/suite.json"
else
  tail -20 "$work/suite.log"
  count "openai-node's generated suite (ended without a count)" 0 1 0
fi
