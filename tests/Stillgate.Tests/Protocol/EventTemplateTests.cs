using System.Text;
using CsCheck;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Responses;
using Stillgate.Protocol.Streaming;
using Xunit;

namespace Stillgate.Tests.Protocol;

/// <summary>An event that is recognised by the frame around its text must have the effect that reading it in full has.</summary>
public sealed class EventTemplateTests
{
    internal static readonly string[] Texts = ["a", "", " é 水 🌊", "line\\nbreak", "\\u00e9", "\\\"quoted\\\"", "tail\\\\", "{\\\"a\\\":1}"];

    internal static readonly Dictionary<string, string[]> Frames = new(StringComparer.Ordinal)
    {
        [Dialects.OpenAiChat] =
        [
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"~\"},\"finish_reason\":null}]}",
            "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"~\"},\"finish_reason\":null}]}",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"~\"},\"finish_reason\":null}]}",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"~\",\"refusal\":\"~\"},\"finish_reason\":null}]}",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"~\"}}]}}]}",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"~\"},\"finish_reason\":\"stop\"}]}",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"~\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"~\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":9}}",
            "data: {\"choices\":[],\"error\":{\"message\":\"~\"}}",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"~\"}",
        ],
        [Dialects.AnthropicMessages] =
        [
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"~\"}}",
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"~\"}}",
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"~\"}}",
            "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\",\"name\":\"~\",\"input\":{}}}",
            "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7}}",
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"~\"}}",
            "event: ping\ndata: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"~\"}}",
        ],
        [Dialects.OpenAiResponses] =
        [
            "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"~\",\"sequence_number\":4}",
            "event: response.reasoning_summary_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"~\",\"sequence_number\":4}",
            "event: response.output_item.added\ndata: {\"item\":{\"type\":\"function_call\",\"name\":\"~\"}}",
            "event: response.output_text.done\ndata: {\"type\":\"response.output_text.done\",\"text\":\"~\"}",
        ],
        [Dialects.GeminiGenerate] =
        [
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"~\"}]}}]}",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"~\",\"thought\":true}]}}]}",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"~\"}]}}],\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":2}}",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"~\"}]},\"finishReason\":\"STOP\"}]}",
        ],
    };

    public static TheoryData<string> DialectNames => [.. Frames.Keys];

    [Theory]
    [MemberData(nameof(DialectNames))]
    [Trait("fuzz", "parsers")]
    public void Events_RecognisedOrReadInFull_HaveTheSameEffect(string dialect)
    {
        var frames = Frames[dialect];
        var gen = Gen.Select(Gen.Int[0, frames.Length - 1], Gen.Int[0, Texts.Length - 1], Gen.Int[1, 4]).List[1, 40];
        gen.Sample(events =>
        {
            var recognised = ResponseAccumulator.Create(dialect);
            var inFull = ResponseAccumulator.Create(dialect);
            var padding = 0;
            foreach (var (frame, text, times) in events)
            {
                for (var i = 0; i < times; i++)
                {
                    var sse = frames[frame].Replace("~", Texts[text], StringComparison.Ordinal);
                    Feed(recognised, sse);

                    // White space that differs each time means nothing to JSON and makes no two frames alike.
                    Feed(inFull, sse + new string(' ', ++padding));
                }
            }

            return recognised.ToResponse() == inFull.ToResponse() && recognised.IsComplete == inFull.IsComplete && recognised.HasError == inFull.HasError
                && recognised.UnreadableCount == inFull.UnreadableCount && recognised.CharCount == inFull.CharCount;
        });
    }

    [Theory]
    [MemberData(nameof(DialectNames))]
    public void EndsWhole_OfAnyPrefix_IsNeverTrueWhereReadingSaysNo(string dialect)
    {
        var stream = StreamSamples.Of(dialect);
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            var read = ResponseAccumulator.Create(dialect);
            StreamSamples.Feed(read, stream.AsSpan(0, cut));
            Assert.False(ResponseAccumulator.Create(dialect).EndsWhole(stream.AsSpan(0, cut)) && !read.IsComplete, $"cut at {cut}");
        }

        Assert.Equal(dialect != Dialects.GeminiGenerate, ResponseAccumulator.Create(dialect).EndsWhole(stream));
    }

    private static void Feed(ResponseAccumulator accumulator, string sse)
    {
        var parser = new SseParser();
        ReadOnlySpan<byte> input = Encoding.UTF8.GetBytes(sse + "\n\n");
        while (parser.TryRead(ref input, out var parsed))
        {
            accumulator.TakeEvent(parsed);
        }
    }
}
