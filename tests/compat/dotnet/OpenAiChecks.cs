using System.ClientModel;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Responses;

namespace Stillgate.Compat;

/// <summary>The OpenAI package.</summary>
internal static class OpenAiChecks
{
    public static OpenAIClient Client(Uri gateway, string key) =>
        new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(gateway, "v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });

    public static async Task RunAsync(Checks checks, Uri gateway, string key)
    {
        var chat = Client(gateway, key).GetChatClient("gpt-4o");
        ChatMessage[] hello = [new UserChatMessage("hello")];
        await checks.RunAsync("OpenAI: chat", async () => Checks.Same(Expected.Greeting, (await chat.CompleteChatAsync(hello)).Value.Content[0].Text));
        await checks.RunAsync("OpenAI: chat, streamed, with usage", async () =>
        {
            var (text, usage) = ("", (ChatTokenUsage?)null);
            await foreach (var update in chat.CompleteChatStreamingAsync(hello))
            {
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
                usage = update.Usage ?? usage;
            }

            Checks.Same(Expected.Greeting, text);
            Checks.Same<int?>(Expected.OutputTokens, usage?.OutputTokenCount);
        });
        await checks.RunAsync("OpenAI: chat, a tool call, streamed", async () =>
        {
            var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("get_weather", functionParameters: BinaryData.FromString(Expected.WeatherSchema)) } };
            var (name, arguments) = ("", "");
            await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage("the weather")], options))
            {
                foreach (var call in update.ToolCallUpdates)
                {
                    name += call.FunctionName;
                    arguments += call.FunctionArgumentsUpdate?.ToString();
                }
            }

            Checks.Same("get_weather", name);
            Checks.Same(Expected.Place, JsonDocument.Parse(arguments).RootElement.GetProperty("location").GetString());
        });
        await checks.RunAsync("OpenAI: an unknown key is its own kind of error", async () =>
        {
            var refused = await Checks.ThrowsAsync<ClientResultException>(() => Client(gateway, "nobody").GetChatClient("gpt-4o").CompleteChatAsync(hello));
            Checks.Same(401, refused.Status);
        });
        await checks.RunAsync("OpenAI: an abort in a stream", async () =>
        {
            using var leaving = new CancellationTokenSource();
            await Checks.ThrowsAsync<OperationCanceledException>(async () =>
            {
                await foreach (var update in chat.CompleteChatStreamingAsync(hello, cancellationToken: leaving.Token))
                {
                    await leaving.CancelAsync();
                    leaving.Token.ThrowIfCancellationRequested();
                }
            });
        });
        await ResponsesAsync(checks, Client(gateway, key));
        await checks.RunAsync("OpenAI: embeddings", async () =>
        {
            EmbeddingClient embeddings = Client(gateway, key).GetEmbeddingClient("text-embedding-3-small");
            Checks.True((await embeddings.GenerateEmbeddingAsync("hello")).Value.ToFloats().Length > 0, "there is a vector");
        });
    }

    private static async Task ResponsesAsync(Checks checks, OpenAIClient client)
    {
        var responses = client.GetResponsesClient();
        await checks.RunAsync("OpenAI: responses", async () =>
            Checks.Same(Expected.Greeting, (await responses.CreateResponseAsync("gpt-4o", "hello")).Value.GetOutputText()));
        await checks.RunAsync("OpenAI: responses, streamed", async () =>
        {
            var text = "";
            await foreach (var update in await responses.CreateResponseStreamingAsync("gpt-4o", "hello"))
            {
                text += (update as StreamingResponseOutputTextDeltaUpdate)?.Delta;
            }

            Checks.Same(Expected.Greeting, text);
        });
    }
}
