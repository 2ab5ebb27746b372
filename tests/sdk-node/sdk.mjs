// Runs chat, streaming and an abort with the official SDKs: node sdk.mjs GATEWAY_URL KEY. Prints one line a step; exit 0 when all pass.
import assert from "node:assert/strict";
import OpenAI from "openai";
import Anthropic from "@anthropic-ai/sdk";

const [url, key] = process.argv.slice(2);
const messages = [{ role: "user", content: "hello" }];
const step = (name) => console.log(`ok ${name}`);

const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
{
  const whole = await openai.chat.completions.create({ model: "m-large", messages });
  const stream = await openai.chat.completions.create({ model: "m-large", messages, stream: true, stream_options: { include_usage: true } });
  let text = "", usage = null;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? "";
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, whole.choices[0].message.content);
  assert.deepEqual(usage, whole.usage);
  step("openai chat and stream");

  const leaving = await openai.chat.completions.create({ model: "m-large", messages, stream: true, max_tokens: 100000 }, { headers: { "x-standin": "tokens=100000,pace=1" } });
  for await (const chunk of leaving) {
    assert.ok(chunk);
    leaving.controller.abort();
  }
  step("openai abort");
  await assert.rejects(new OpenAI({ baseURL: `${url}/v1`, apiKey: "nobody", maxRetries: 0 }).chat.completions.create({ model: "m-large", messages }), OpenAI.AuthenticationError);
  step("openai unknown key");
}

const anthropic = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
{
  const whole = await anthropic.messages.create({ model: "m-large", max_tokens: 64, messages });
  const streamed = await anthropic.messages.stream({ model: "m-large", max_tokens: 64, messages }).finalMessage();
  assert.equal(streamed.content[0].text, whole.content[0].text);
  assert.equal(streamed.usage.output_tokens, whole.usage.output_tokens);
  step("anthropic messages and stream");

  const leaving = anthropic.messages.stream({ model: "m-large", max_tokens: 100000, messages }, { headers: { "x-standin": "tokens=100000,pace=1" } });
  await assert.rejects(async () => {
    for await (const event of leaving) {
      assert.ok(event);
      leaving.abort();
    }
    await leaving.done();
  }, Anthropic.APIUserAbortError);
  step("anthropic abort");
  await assert.rejects(anthropic.messages.create({ model: "m-large", max_tokens: 64, messages }, { headers: { "x-standin": "error=503" } }), Anthropic.InternalServerError);
  step("anthropic provider error");
}
