#pragma warning disable OPENAI001 // The SDK's responses client is marked as subject to change; the pinned version is what is tested.
using System.ClientModel;
using Anthropic;
using Anthropic.Models.Messages;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;
using Stillgate.Gateway.Controls;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Tests.Protocol;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>The official .NET SDKs read answers from which the gateway has kept reasoning back.</summary>
public sealed class FilteredSdkTests
{
    private static readonly ControlOptions Withheld = new() { Reasoning = ControlMode.On };

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task OpenAi_ChatStream_IsRead(int pieceBytes)
    {
        await using var provider = await FakeProvider.StreamAsync(ReasoningSamples.OpenAiChat, pieceBytes);
        await using var gateway = await StartAsync(provider, Withheld);
        var chat = new ChatClient("m-large", new ApiKeyCredential(gateway.Key), new OpenAIClientOptions { Endpoint = new Uri(gateway.Host.Address, "v1") });

        var text = "";
        ChatTokenUsage? usage = null;
        await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage("hello")], cancellationToken: TestContext.Current.CancellationToken))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
        }

        Assert.Equal("é 水 A reasoning, a word 🌊", text);
        Assert.Equal(7, usage!.OutputTokenCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task OpenAi_ResponsesStream_IsRead(int pieceBytes)
    {
        await using var provider = await FakeProvider.StreamAsync(ReasoningSamples.OpenAiResponses, pieceBytes);
        await using var gateway = await StartAsync(provider, Withheld with { References = ControlMode.On });
        var responses = new ResponsesClient(new ApiKeyCredential(gateway.Key), new ResponsesClientOptions { Endpoint = new Uri(gateway.Host.Address, "v1") });

        var text = "";
        ResponseResult? whole = null;
        await foreach (var update in await responses.CreateResponseStreamingAsync("m-large", "hello", cancellationToken: TestContext.Current.CancellationToken))
        {
            text += update is StreamingResponseOutputTextDeltaUpdate delta ? delta.Delta : "";
            whole = update is StreamingResponseCompletedUpdate completed ? completed.Response : whole;
        }

        Assert.Equal("é 水 🌊", text);
        var reasoning = Assert.IsType<ReasoningResponseItem>(whole!.OutputItems[0]);
        Assert.Empty(reasoning.SummaryParts);
        Assert.StartsWith(ReferenceVault.Start, reasoning.EncryptedContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(100_000, false)]
    [InlineData(1, true)]
    [InlineData(100_000, true)]
    public async Task Anthropic_MessagesStream_IsRead(int pieceBytes, bool seals)
    {
        await using var provider = await FakeProvider.StreamAsync(ReasoningSamples.Anthropic, pieceBytes);
        await using var gateway = await StartAsync(provider, Withheld with { References = seals ? ControlMode.On : ControlMode.Off });
        using var client = new AnthropicClient { BaseUrl = gateway.Host.Address.ToString().TrimEnd('/'), ApiKey = gateway.Key };

        var (text, indexes, redacted) = ("", new List<long>(), new List<string>());
        await foreach (var sse in client.Messages.CreateStreaming(Ask(), TestContext.Current.CancellationToken))
        {
            if (sse.TryPickContentBlockStart(out var start))
            {
                indexes.Add(start.Index);
                redacted.AddRange(start.ContentBlock.TryPickRedactedThinking(out var block) ? [block.Data] : []);
            }
            else if (sse.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var part))
            {
                text += part.Text;
            }
        }

        Assert.Equal("é 水 🌊", text);
        Assert.Equal(seals ? [0, 1, 2] : [0, 1], indexes);
        Assert.Equal(seals ? 2 : 0, redacted.Count(data => data.StartsWith(ReferenceVault.Start, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Anthropic_Message_IsRead()
    {
        await using var provider = await FakeProvider.BodyAsync(System.Text.Encoding.UTF8.GetBytes(ReasoningSamples.AnthropicBody));
        await using var gateway = await StartAsync(provider, Withheld with { References = ControlMode.On });
        using var client = new AnthropicClient { BaseUrl = gateway.Host.Address.ToString().TrimEnd('/'), ApiKey = gateway.Key };

        var whole = await client.Messages.Create(Ask(), TestContext.Current.CancellationToken);

        Assert.Equal([true, true, false, false], whole.Content.Select(block => block.TryPickRedactedThinking(out _)));
    }

    private static MessageCreateParams Ask() => new() { Model = "m-large", MaxTokens = 64, Messages = [new UserMessageParam { Content = "hello" }] };

    private static Task<RunningGateway> StartAsync(FakeProvider provider, ControlOptions controls) => RunningGateway.StartAsync(
        provider.Address, options => options with { Controls = controls, Providers = [options.Providers[0] with { Dialects = Dialects.Answering }] });
}
