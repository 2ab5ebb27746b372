// Drives the official SDKs for Node through a gateway, an independent mock behind it: node compat.mjs GATEWAY_URL KEY.
// Prints one line a check and in the end "N passed, N failed, N skipped"; exit 1 where one failed.
import assert from "node:assert/strict";
import OpenAI from "openai";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";

const [url, key] = process.argv.slice(2);
const greeting = "Hello! How can I help you today?";
const messages = [{ role: "user", content: "hello" }];
const weather = { type: "object", properties: { location: { type: "string" } } };
const counts = { passed: 0, failed: 0 };

async function check(name, run) {
  try {
    await run();
    counts.passed++;
    console.log(`ok     ${name}`);
  } catch (failure) {
    counts.failed++;
    console.log(`FAILED ${name}: ${failure?.message ?? failure}`);
  }
}

const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
await check("openai: chat", async () => {
  const answer = await openai.chat.completions.create({ model: "gpt-4o", messages });
  assert.equal(answer.choices[0].message.content, greeting);
});
await check("openai: chat, streamed, with usage", async () => {
  const stream = await openai.chat.completions.create({ model: "gpt-4o", messages, stream: true, stream_options: { include_usage: true } });
  let [text, usage] = ["", null];
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? "";
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, greeting);
  assert.equal(usage?.completion_tokens, 9);
});
await check("openai: chat, a tool call, streamed", async () => {
  const run = openai.chat.completions.stream({
    model: "gpt-4o", messages: [{ role: "user", content: "the weather" }], tools: [{ type: "function", function: { name: "get_weather", parameters: weather } }],
  });
  const call = (await run.finalChatCompletion()).choices[0].message.tool_calls[0];
  assert.equal(call.function.name, "get_weather");
  assert.deepEqual(JSON.parse(call.function.arguments), { location: "San Francisco" });
});
await check("openai: responses", async () => {
  assert.equal((await openai.responses.create({ model: "gpt-4o", input: "hello" })).output_text, greeting);
});
await check("openai: responses, streamed", async () => {
  assert.equal((await openai.responses.stream({ model: "gpt-4o", input: "hello" }).finalResponse()).output_text, greeting);
});
await check("openai: embeddings", async () => {
  assert.ok((await openai.embeddings.create({ model: "text-embedding-3-small", input: "hello" })).data[0].embedding.length > 0);
});
await check("openai: an unknown key is its own kind of error", async () => {
  const stranger = new OpenAI({ baseURL: `${url}/v1`, apiKey: "nobody", maxRetries: 0 });
  await assert.rejects(stranger.chat.completions.create({ model: "gpt-4o", messages }), OpenAI.AuthenticationError);
});
await check("openai: an abort in a stream", async () => {
  const stream = await openai.chat.completions.create({ model: "gpt-4o", messages, stream: true });
  for await (const chunk of stream) {
    assert.ok(chunk);
    stream.controller.abort();
  }
});

const anthropic = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
await check("anthropic: messages, with usage", async () => {
  const answer = await anthropic.messages.create({ model: "claude-sonnet-4", max_tokens: 64, messages });
  assert.equal(answer.content[0].text, greeting);
  assert.equal(answer.usage.output_tokens, 9);
});
await check("anthropic: messages, streamed", async () => {
  assert.equal(await anthropic.messages.stream({ model: "claude-sonnet-4", max_tokens: 64, messages }).finalText(), greeting);
});
await check("anthropic: thinking with its signature, streamed", async () => {
  const answer = await anthropic.messages.stream({
    model: "claude-sonnet-4", max_tokens: 4096, thinking: { type: "enabled", budget_tokens: 1024 }, messages: [{ role: "user", content: "think first" }],
  }).finalMessage();
  const thinking = answer.content.find((block) => block.type === "thinking");
  assert.equal(thinking.thinking, "First this, then that.");
  assert.equal(thinking.signature, "c2lnbmF0dXJl");
});
await check("anthropic: a tool call", async () => {
  const answer = await anthropic.messages.create({
    model: "claude-sonnet-4", max_tokens: 64, messages: [{ role: "user", content: "the weather" }], tools: [{ name: "get_weather", input_schema: weather }],
  });
  assert.deepEqual(answer.content.find((block) => block.type === "tool_use").input, { location: "San Francisco" });
});
await check("anthropic: an unknown key is its own kind of error", async () => {
  const stranger = new Anthropic({ baseURL: url, apiKey: "nobody", maxRetries: 0 });
  await assert.rejects(stranger.messages.create({ model: "claude-sonnet-4", max_tokens: 64, messages }), Anthropic.AuthenticationError);
});

const google = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
await check("google: generateContent", async () => {
  assert.equal((await google.models.generateContent({ model: "gemini-2.0-flash", contents: "hello" })).text, greeting);
});
await check("google: generateContentStream", async () => {
  let text = "";
  for await (const chunk of await google.models.generateContentStream({ model: "gemini-2.0-flash", contents: "hello" })) {
    text += chunk.text ?? "";
  }
  assert.equal(text, greeting);
});

console.log(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exit(counts.failed > 0 ? 1 : 0);
