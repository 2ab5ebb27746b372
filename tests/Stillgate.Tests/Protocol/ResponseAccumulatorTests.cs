using System.Text;
using CsCheck;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Responses;
using Stillgate.Protocol.Streaming;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Protocol;

public sealed class ResponseAccumulatorTests
{
    private static readonly byte[] Gemini =
        """[{"candidates":[{"content":{"parts":[{"text":"a\ud83c\udf0a","thought":true},{"functionCall":{"name":"x"}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9}}]"""u8.ToArray();

    public static TheoryData<string> AnsweringDialects => [.. Dialects.Answering];

    [Fact]
    public void OpenAiStream_EverySplit_GivesTheSameAnswer()
    {
        for (var split = 0; split <= Samples.OpenAiStream.Length; split++)
        {
            var answer = Feed(Dialects.OpenAiChat, Samples.OpenAiStream[..split], Samples.OpenAiStream[split..]);

            Assert.True(answer.IsComplete);
            Assert.Equal(
                new ExchangeResponse { Text = Samples.OpenAiText, Finish = "stop", InputTokens = 9, OutputTokens = 7, ReasoningTokens = 2 },
                answer.ToResponse());
        }
    }

    [Fact]
    public void AnthropicStream_EverySplit_GivesTheSameAnswer()
    {
        for (var split = 0; split <= Samples.AnthropicStream.Length; split++)
        {
            var answer = Feed(Dialects.AnthropicMessages, Samples.AnthropicStream[..split], Samples.AnthropicStream[split..]);

            Assert.True(answer.IsComplete);
            Assert.Equal(
                new ExchangeResponse { Text = "é 水 🌊", Reasoning = "Bytes, 字.", Finish = "end_turn", InputTokens = 9, OutputTokens = 7 },
                answer.ToResponse());
        }
    }

    [Theory]
    [InlineData(Dialects.OpenAiChat)]
    [InlineData(Dialects.AnthropicMessages)]
    public void Stream_CutAnywhereBeforeItsEnd_IsNotComplete(string dialect)
    {
        var stream = Samples.Stream(dialect);
        var text = Encoding.UTF8.GetString(stream);
        var end = Encoding.UTF8.GetByteCount(text[..text.IndexOf(dialect == Dialects.OpenAiChat ? "\"finish_reason\":\"stop\"" : "event: message_stop", StringComparison.Ordinal)]);
        for (var cut = 0; cut < end; cut++)
        {
            Assert.False(Feed(dialect, stream[..cut]).IsComplete);
        }
    }

    [Fact]
    public void AnthropicBody_WithToolUse_ReadsEveryBlock()
    {
        var accumulator = ResponseAccumulator.Create(Dialects.AnthropicMessages);
        accumulator.TakeBody(Samples.AnthropicBody);

        Assert.Equal("é 水 🌊\n[tool_call] look {\"at\":1}", accumulator.ToResponse().Text);
        Assert.Equal("Bytes.", accumulator.ToResponse().Reasoning);
    }

    [Fact]
    public void OpenAiStream_ToolCallInFragments_IsPutTogether()
    {
        const string stream = """
            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","type":"function","function":{"name":"look","arguments":""}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"at\""}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}


            """;
        var answer = Feed(Dialects.OpenAiChat, Encoding.UTF8.GetBytes(stream.ReplaceLineEndings("\n")));

        Assert.Equal("[tool_call] look {\"at\":1}", answer.ToResponse().Text);
        Assert.True(answer.IsComplete);
    }

    [Fact]
    public void OpenAiBody_TwoChoices_AreBothKept()
    {
        var accumulator = ResponseAccumulator.Create(Dialects.OpenAiChat);
        accumulator.TakeBody("""{"choices":[{"index":0,"message":{"content":"one"}},{"index":1,"message":{"content":"two"}}]}"""u8);

        Assert.Equal("one\ntwo", accumulator.ToResponse().Text);
    }

    [Trait("fuzz", "parsers")]
    [Theory]
    [MemberData(nameof(AnsweringDialects))]
    public void AnyBytes_AreTakenWithoutAFault(string dialect)
    {
        // Whole answers with bytes overwritten at random: nothing that a provider sends may throw.
        byte[][] answers = [Samples.OpenAiStream, Samples.AnthropicStream, Samples.OpenAiBody, Samples.AnthropicBody, Gemini];
        Gen.Select(Gen.Int[0, answers.Length - 1], Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte).List[0, 40]).Sample((which, edits) =>
        {
            var bytes = answers[which].ToArray();
            foreach (var (at, value) in edits)
            {
                bytes[at % bytes.Length] = value;
            }

            Feed(dialect, bytes).ToResponse();
            var body = ResponseAccumulator.Create(dialect);
            body.TakeBody(bytes);
            body.ToResponse();
        });
    }

    private static ResponseAccumulator Feed(string dialect, params byte[][] chunks)
    {
        var parser = new SseParser();
        var accumulator = ResponseAccumulator.Create(dialect);
        foreach (var chunk in chunks)
        {
            ReadOnlySpan<byte> input = chunk;
            while (parser.TryRead(ref input, out var sse))
            {
                accumulator.TakeEvent(sse);
            }
        }

        if (parser.TryEnd(out var last))
        {
            accumulator.TakeEvent(last);
        }

        return accumulator;
    }
}
