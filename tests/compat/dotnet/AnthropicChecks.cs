using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;

namespace Stillgate.Compat;

/// <summary>The Anthropic package.</summary>
internal static class AnthropicChecks
{
    public static async Task RunAsync(Checks checks, Uri gateway, string key)
    {
        using var client = Client(gateway, key);
        await checks.RunAsync("Anthropic: messages, with usage", async () =>
        {
            var answer = await client.Messages.Create(Ask("hello"));
            Checks.True(answer.Content[0].TryPickText(out var block) && block.Text == Expected.Greeting, "the answer is the mock's");
            Checks.Same(Expected.OutputTokens, answer.Usage.OutputTokens);
        });
        await checks.RunAsync("Anthropic: messages, streamed", async () => Checks.Same(Expected.Greeting, (await ReadAsync(client, Ask("hello"))).Text));
        await checks.RunAsync("Anthropic: thinking with its signature, streamed", async () =>
        {
            var read = await ReadAsync(client, Ask("think first") with { MaxTokens = 4096, Thinking = new ThinkingConfigEnabled { BudgetTokens = 1024 } });
            Checks.Same(Expected.Thinking, read.Thinking);
            Checks.Same(Expected.Signature, read.Signature);
        });
        await checks.RunAsync("Anthropic: a tool call", async () =>
        {
            var answer = await client.Messages.Create(Ask("the weather") with { Tools = [new Tool { Name = "get_weather", InputSchema = new InputSchema() }] });
            var call = answer.Content.Select(block => block.TryPickToolUse(out var use) ? use : null).OfType<ToolUseBlock>().Single();
            Checks.Same("get_weather", call.Name);
            Checks.Same(Expected.Place, call.Input["location"].GetString());
        });
        await checks.RunAsync("Anthropic: an unknown key is its own kind of error", async () =>
        {
            using var stranger = Client(gateway, "nobody");
            await Checks.ThrowsAsync<AnthropicUnauthorizedException>(() => stranger.Messages.Create(Ask("hello")));
        });
        await checks.RunAsync("Anthropic: an abort in a stream", async () =>
        {
            using var leaving = new CancellationTokenSource();
            await Checks.ThrowsAsync<OperationCanceledException>(async () =>
            {
                await foreach (var sse in client.Messages.CreateStreaming(Ask("hello"), leaving.Token))
                {
                    await leaving.CancelAsync();
                    leaving.Token.ThrowIfCancellationRequested();
                }
            });
        });
    }

    private static AnthropicClient Client(Uri gateway, string key) => new() { BaseUrl = gateway.ToString().TrimEnd('/'), ApiKey = key, MaxRetries = 0 };

    private static MessageCreateParams Ask(string text) =>
        new() { Model = "claude-sonnet-4", MaxTokens = 64, Messages = [new MessageParam { Role = Role.User, Content = text }] };

    private static async Task<(string Text, string Thinking, string Signature)> ReadAsync(AnthropicClient client, MessageCreateParams ask)
    {
        var (text, thinking, signature) = ("", "", "");
        await foreach (var sse in client.Messages.CreateStreaming(ask))
        {
            if (sse.TryPickContentBlockDelta(out var delta))
            {
                text += delta.Delta.TryPickText(out var said) ? said.Text : "";
                thinking += delta.Delta.TryPickThinking(out var thought) ? thought.Thinking : "";
                signature += delta.Delta.TryPickSignature(out var sealedWith) ? sealedWith.Signature : "";
            }
        }

        return (text, thinking, signature);
    }
}
