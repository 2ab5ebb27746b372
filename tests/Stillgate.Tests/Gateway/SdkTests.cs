using System.ClientModel;
using System.Net;
using Anthropic;
using Anthropic.Models.Messages;
using OpenAI;
using OpenAI.Chat;
using Stillgate.Lab.StandIn;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>The official .NET SDKs against the gateway, a stand-in behind it.</summary>
public sealed class SdkTests
{
    [Fact]
    public async Task OpenAi_Chat_StreamAndAbort_Work()
    {
        await using var standIn = await StartStandInAsync(tokens: 100_000);
        await using var gateway = await RunningGateway.StartAsync(standIn.Address);
        var chat = new ChatClient("m-large", new ApiKeyCredential(gateway.Key), new OpenAIClientOptions { Endpoint = new Uri(gateway.Host.Address, "v1") });

        var few = new ChatCompletionOptions { MaxOutputTokenCount = 48 };
        var whole = await chat.CompleteChatAsync([new UserChatMessage("hello")], few, cancellationToken: TestContext.Current.CancellationToken);
        var text = "";
        ChatTokenUsage? usage = null;
        await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage("hello")], few, cancellationToken: TestContext.Current.CancellationToken))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
        }

        Assert.Equal(whole.Value.Content[0].Text, text);
        Assert.Equal(48, usage!.OutputTokenCount);
        using var leaving = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage("hello")], cancellationToken: leaving.Token))
            {
                await leaving.CancelAsync();
            }
        });
        Assert.Equal(["complete", "complete", "client-left"], await EndsAsync(gateway, 3));
    }

    [Fact]
    public async Task Anthropic_Messages_StreamAndAbort_Work()
    {
        await using var standIn = await StartStandInAsync(tokens: 100_000);
        await using var gateway = await RunningGateway.StartAsync(standIn.Address);
        using var client = new AnthropicClient { BaseUrl = gateway.Host.Address.ToString().TrimEnd('/'), ApiKey = gateway.Key };
        MessageCreateParams Ask(long tokens) => new() { Model = "m-large", MaxTokens = tokens, Messages = [new UserMessageParam { Content = "hello" }] };

        var whole = await client.Messages.Create(Ask(64), TestContext.Current.CancellationToken);
        var text = "";
        await foreach (var sse in client.Messages.CreateStreaming(Ask(64), TestContext.Current.CancellationToken))
        {
            if (sse.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var part))
            {
                text += part.Text;
            }
        }

        Assert.True(whole.Content[0].TryPickText(out var block));
        Assert.Equal(block.Text, text);
        using var leaving = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var sse in client.Messages.CreateStreaming(Ask(1_000_000), leaving.Token))
            {
                await leaving.CancelAsync();
            }
        });
        Assert.Equal(["complete", "complete", "client-left"], await EndsAsync(gateway, 3));
    }

    internal static Task<StandInProvider> StartStandInAsync(int tokens) => StandInProvider.StartAsync(
        new IPEndPoint(IPAddress.Loopback, 0),
        new StandInOptions { PaceMs = 1, Tokens = tokens },
        TimeProvider.System,
        CancellationToken.None);

    private static async Task<List<string?>> EndsAsync(RunningGateway gateway, int count)
    {
        var ends = new List<string?>();
        for (var i = 0; i < count; i++)
        {
            ends.Add((await gateway.Records.NextAsync()).End);
        }

        return ends;
    }
}
