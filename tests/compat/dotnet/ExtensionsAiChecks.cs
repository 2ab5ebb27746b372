using Microsoft.Extensions.AI;

namespace Stillgate.Compat;

/// <summary>Microsoft.Extensions.AI over the OpenAI package.</summary>
internal static class ExtensionsAiChecks
{
    public static async Task RunAsync(Checks checks, Uri gateway, string key)
    {
        var client = OpenAiChecks.Client(gateway, key);
        using var chat = client.GetChatClient("gpt-4o").AsIChatClient();
        await checks.RunAsync("Microsoft.Extensions.AI: chat, with usage", async () =>
        {
            var answer = await chat.GetResponseAsync("hello");
            Checks.Same(Expected.Greeting, answer.Text);
            Checks.Same<long?>(Expected.OutputTokens, answer.Usage?.OutputTokenCount);
        });
        await checks.RunAsync("Microsoft.Extensions.AI: chat, streamed, with usage", async () =>
        {
            var whole = await chat.GetStreamingResponseAsync("hello").ToChatResponseAsync();
            Checks.Same(Expected.Greeting, whole.Text);
            Checks.Same<long?>(Expected.OutputTokens, whole.Usage?.OutputTokenCount);
        });
        await checks.RunAsync("Microsoft.Extensions.AI: a tool call", async () =>
        {
            var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string location) => location, "get_weather")] };
            var answer = await chat.GetResponseAsync("the weather", options);
            var call = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single();
            Checks.Same("get_weather", call.Name);
            Checks.Same(Expected.Place, call.Arguments!["location"]!.ToString());
        });
        await checks.RunAsync("Microsoft.Extensions.AI: responses", async () =>
        {
            using var responses = client.GetResponsesClient().AsIChatClient("gpt-4o");
            Checks.Same(Expected.Greeting, (await responses.GetResponseAsync("hello")).Text);
        });
        await checks.RunAsync("Microsoft.Extensions.AI: embeddings", async () =>
        {
            using var embeddings = client.GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator();
            Checks.True((await embeddings.GenerateVectorAsync("hello")).Length > 0, "there is a vector");
        });
        await checks.RunAsync("Microsoft.Extensions.AI: an abort in a stream", async () =>
        {
            using var leaving = new CancellationTokenSource();
            await Checks.ThrowsAsync<OperationCanceledException>(async () =>
            {
                await foreach (var update in chat.GetStreamingResponseAsync("hello", cancellationToken: leaving.Token))
                {
                    await leaving.CancelAsync();
                    leaving.Token.ThrowIfCancellationRequested();
                }
            });
        });
    }
}
