using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Filtering;
using Stillgate.Protocol.Streaming;
using Xunit;

namespace Stillgate.Tests.Protocol;

/// <summary>What a filter leaves of an answer: nothing that is kept back, everything else, whatever the chunks.</summary>
public sealed class AnswerFilterTests
{
    public static TheoryData<string, ReasoningView, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, ReasoningView, bool>();
            foreach (var dialect in (string[])[Dialects.OpenAiChat, Dialects.OpenAiResponses, Dialects.AnthropicMessages, Dialects.GeminiGenerate])
            {
                foreach (var view in Enum.GetValues<ReasoningView>())
                {
                    cases.Add(dialect, view, true);
                    cases.Add(dialect, view, false);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stream_EverySplit_LosesWhatIsKeptBackAndNothingElse(string dialect, ReasoningView view, bool seals)
    {
        var stream = StreamOf(dialect);
        var whole = Filter(dialect, view, seals, stream, []);
        var text = Encoding.UTF8.GetString(whole);
        Assert.Equal(view == ReasoningView.Pass, text.Contains("SECRET", StringComparison.Ordinal));
        var opaqueStays = !seals || dialect == Dialects.OpenAiChat;
        Assert.Equal(opaqueStays && dialect != Dialects.OpenAiChat, text.Contains("OPAQUE", StringComparison.Ordinal));
        Assert.Contains("é 水", text, StringComparison.Ordinal);
        for (var split = 1; split < stream.Length; split++)
        {
            Assert.Equal(whole, Filter(dialect, view, seals, stream[..split], stream[split..]));
        }
    }

    [Theory]
    [InlineData(Dialects.OpenAiChat)]
    [InlineData(Dialects.OpenAiResponses)]
    [InlineData(Dialects.AnthropicMessages)]
    [InlineData(Dialects.GeminiGenerate)]
    public void Stream_NothingKeptBack_KeepsItsBytes(string dialect) =>
        Assert.Equal(StreamOf(dialect), Filter(dialect, ReasoningView.Pass, seals: false, StreamOf(dialect), []));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void OpenAiChat_Withheld_LeavesExactlyThis(string lineEnd)
    {
        var stream = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(ReasoningSamples.OpenAiChat).ReplaceLineEndings(lineEnd));

        var left = Encoding.UTF8.GetString(Filter(Dialects.OpenAiChat, ReasoningView.Withheld, seals: false, stream, []));

        Assert.Equal(ReasoningSamples.OpenAiChatWithheld.ReplaceLineEndings("\n"), left.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void OpenAiChat_Summary_KeepsSummariesAlone()
    {
        var left = Encoding.UTF8.GetString(Filter(Dialects.OpenAiChat, ReasoningView.Summary, seals: false, ReasoningSamples.OpenAiChat, []));

        Assert.Contains("""{"reasoning_details":[{"type":"reasoning.summary","summary":"GIST"}]}""", left, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenAiChatBody_Withheld_LosesReasoningAndItsLogprobs()
    {
        const string body = """{"choices":[{"index":0,"message":{"role":"assistant","content":"é","reasoning_content":"SECRET","tool_calls":[{"function":{"name":"f","arguments":"{\"reasoning\":1}"}}]},"logprobs":{"content":[{"token":"SECRET"}]},"finish_reason":"stop"}], "usage":{}}""";

        Assert.Equal(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"é","tool_calls":[{"function":{"name":"f","arguments":"{\"reasoning\":1}"}}]},"logprobs":null,"finish_reason":"stop"}],"usage":{}}""",
            FilterBody(Dialects.OpenAiChat, ReasoningView.Withheld, seals: false, body));
    }

    [Theory]
    [InlineData(ReasoningView.Summary, false)]
    [InlineData(ReasoningView.Withheld, false)]
    [InlineData(ReasoningView.Withheld, true)]
    public void OpenAiResponses_Filtered_KeepsItemsAtTheirIndex(ReasoningView view, bool seals)
    {
        var events = EventsOf(Filter(Dialects.OpenAiResponses, view, seals, ReasoningSamples.OpenAiResponses, []));

        var output = events[^1].GetProperty("response").GetProperty("output");
        Assert.Equal(["reasoning", "message"], output.EnumerateArray().Select(item => item.GetProperty("type").GetString()));
        Assert.Equal(view == ReasoningView.Summary ? 1 : 0, output[0].GetProperty("summary").GetArrayLength());
        Assert.False(output[0].TryGetProperty("content", out _));
        Assert.Equal(seals ? Sealed("OPAQUE") : "OPAQUE", output[0].GetProperty("encrypted_content").GetString());
        Assert.Equal(view == ReasoningView.Summary, events.Any(one => one.GetProperty("type").GetString() == "response.reasoning_summary_text.delta"));
    }

    [Fact]
    public void OpenAiResponses_NotEncryptedByTheProvider_IsCarriedWhole()
    {
        const string item = """{"id":"rs1","type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"SECRET"}],"encrypted_content":null}""";

        Assert.Equal(
            $$"""{"output":[{"id":"rs1","type":"reasoning","summary":[],"encrypted_content":"{{Sealed(item)}}"}]}""",
            FilterBody(Dialects.OpenAiResponses, ReasoningView.Withheld, seals: true, $$"""{"output":[{{item}}]}"""));
    }

    [Fact]
    public void Anthropic_WithheldWithoutReferences_MovesLaterBlocksUp()
    {
        var events = EventsOf(Filter(Dialects.AnthropicMessages, ReasoningView.Withheld, seals: false, ReasoningSamples.Anthropic, []));

        Assert.Equal([0, 0, 1, 1, 1], events.Where(one => one.TryGetProperty("index", out _)).Select(one => one.GetProperty("index").GetInt32()));
        Assert.DoesNotContain(events, one => one.TryGetProperty("content_block", out var block) && block.GetProperty("type").GetString() == "thinking");
    }

    [Fact]
    public void Anthropic_WithheldWithReferences_CarriesTheWholeBlock()
    {
        var events = EventsOf(Filter(Dialects.AnthropicMessages, ReasoningView.Withheld, seals: true, ReasoningSamples.Anthropic, []));

        var starts = events.Where(one => one.TryGetProperty("content_block", out _)).Select(one => one.GetProperty("content_block")).ToList();
        Assert.Equal(["redacted_thinking", "redacted_thinking", "text"], starts.Select(block => block.GetProperty("type").GetString()));
        Assert.Equal(Sealed("""{"type":"thinking","thinking":"SECRET, 字 \ud83c\udf0a.","signature":"OPAQUE1"}"""), starts[0].GetProperty("data").GetString());
        Assert.Equal(Sealed("OPAQUE2"), starts[1].GetProperty("data").GetString());
        Assert.Equal([0, 0, 1, 1, 2, 2, 2], events.Where(one => one.TryGetProperty("index", out _)).Select(one => one.GetProperty("index").GetInt32()));
    }

    [Fact]
    public void Anthropic_PassedWithReferences_SealsTheSignatureOnce()
    {
        var events = EventsOf(Filter(Dialects.AnthropicMessages, ReasoningView.Pass, seals: true, ReasoningSamples.Anthropic, []));

        var signatures = events.Where(one => one.TryGetProperty("delta", out var delta) && delta.TryGetProperty("signature", out _)).ToList();
        Assert.Equal(Sealed("OPAQUE1"), Assert.Single(signatures).GetProperty("delta").GetProperty("signature").GetString());
    }

    [Fact]
    public void AnthropicBody_EitherWay_LeavesTheToolsAlone()
    {
        var dropped = FilterBody(Dialects.AnthropicMessages, ReasoningView.Withheld, seals: false, ReasoningSamples.AnthropicBody);
        var carried = FilterBody(Dialects.AnthropicMessages, ReasoningView.Withheld, seals: true, ReasoningSamples.AnthropicBody);

        Assert.Contains("""
            "content":[{"type":"redacted_thinking","data":"OPAQUE2"},{"type":"text","text":"é 水 🌊"},{"type":"tool_use","id":"t","name":"look","input":{"signature":"the tool's own"}}]
            """.Trim(), dropped, StringComparison.Ordinal);
        const string block = """{"type":"thinking","thinking":"SECRET.","signature":"OPAQUE1"}""";
        Assert.Contains($$"""
            "content":[{"type":"redacted_thinking","data":"{{Sealed(block)}}"},{"type":"redacted_thinking","data":"{{Sealed("OPAQUE2")}}"},
            """.Trim(), carried, StringComparison.Ordinal);
    }

    [Fact]
    public void Gemini_WithheldWithReferences_KeepsCallsAndSealsTheirSignatures()
    {
        var events = EventsOf(Filter(Dialects.GeminiGenerate, ReasoningView.Withheld, seals: true, ReasoningSamples.Gemini, []));

        Assert.Equal(3, events.Count);
        var call = Assert.Single(PartsOf(events[0]));
        Assert.Equal(Sealed("OPAQUE2"), call.GetProperty("thoughtSignature").GetString());
        Assert.Equal("the tool's own", call.GetProperty("functionCall").GetProperty("args").GetProperty("thoughtSignature").GetString());
        Assert.Equal("""{"text":""}""", Assert.Single(PartsOf(events[2])).GetRawText());
    }

    [Fact]
    public void GeminiArray_Withheld_IsFilteredElementByElement()
    {
        const string body = """[{"candidates":[{"content":{"parts":[{"text":"SECRET","thought":true},{"text":"a"}]}}]},{"candidates":[{"content":{"parts":[{"text":"b"}]}}]}]""";

        Assert.Equal("""[{"candidates":[{"content":{"parts":[{"text":"a"}]}}]},{"candidates":[{"content":{"parts":[{"text":"b"}]}}]}]""", FilterBody(Dialects.GeminiGenerate, ReasoningView.Withheld, seals: false, body));
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"reasoning\":\"SECRET\n\n")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"SECRET\",\"content\":\"x\"}}]\n\n")]
    public void Event_NotJson_DoesNotPass(string stream) =>
        Assert.Throws<AnswerFilterException>(() => Filter(Dialects.OpenAiChat, ReasoningView.Withheld, seals: false, Encoding.UTF8.GetBytes(stream), []));

    [Fact]
    public void Event_LongerThanIsHeld_DoesNotPass()
    {
        var events = new EventStreamFilter(AnswerFilter.Create(Dialects.OpenAiChat, new ReasoningRules(ReasoningView.Withheld, false, null))!, eventBytesMax: 64);
        var into = new ArrayBufferWriter<byte>();
        events.Take("data: {}\n\ndata: "u8, into);

        Assert.Throws<AnswerFilterException>(() => events.Take(new byte[64], into));
        Assert.Equal("data: {}\n\n"u8.ToArray(), into.WrittenSpan.ToArray());
    }

    [Trait("fuzz", "parsers")]
    [Fact]
    public void Stream_DamagedAnywhere_IsFilteredAlikeInAnyChunksOrDoesNotPass()
    {
        string[] dialects = [Dialects.OpenAiChat, Dialects.OpenAiResponses, Dialects.AnthropicMessages, Dialects.GeminiGenerate];
        byte[] damages = [.. "\"{}[],:\\\n\r x0"u8, 0, 0xFF];
        var places = Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, damages.Length - 1]).List[0, 4];
        Gen.Select(Gen.Int[0, dialects.Length - 1], places, Gen.Int[1, 40], Gen.Bool).Sample((dialect, damaged, size, seals) =>
        {
            var stream = StreamOf(dialects[dialect]).ToArray();
            damaged.ForEach(one => stream[one.Item1 % stream.Length] = damages[one.Item2]);
            Assert.Equal(FilterOrFail(dialects[dialect], seals, [stream]), FilterOrFail(dialects[dialect], seals, [.. stream.Chunk(size)]));
        });
    }

    [Fact]
    public void AnthropicBlock_LongerThanIsHeld_DoesNotPass()
    {
        var delta = Encoding.UTF8.GetBytes($$$"""{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"{{{new string('x', 1 << 20)}}}"}}""");
        byte[] stream = [.. "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n"u8, .. Event(delta), .. Event(delta), .. Event(delta)];

        Assert.Throws<AnswerFilterException>(() => Filter(Dialects.AnthropicMessages, ReasoningView.Withheld, seals: true, stream, []));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    public void Body_NotJson_DoesNotPass(string body) => Assert.Throws<AnswerFilterException>(() => FilterBody(Dialects.OpenAiChat, ReasoningView.Withheld, seals: false, body));

    private static byte[] Event(byte[] json) => [.. "data: "u8, .. json, .. "\n\n"u8];

    private static JsonElement.ArrayEnumerator PartsOf(JsonElement answer) => answer.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts").EnumerateArray();

    private static byte[] StreamOf(string dialect) => dialect switch
    {
        Dialects.OpenAiChat => ReasoningSamples.OpenAiChat,
        Dialects.OpenAiResponses => ReasoningSamples.OpenAiResponses,
        Dialects.AnthropicMessages => ReasoningSamples.Anthropic,
        _ => ReasoningSamples.Gemini,
    };

    private static byte[] Filter(string dialect, ReasoningView view, bool seals, byte[] first, byte[] second)
    {
        var events = new EventStreamFilter(AnswerFilter.Create(dialect, new ReasoningRules(view, IsSummarized: false, seals ? new PlainSealer() : null))!);
        var into = new ArrayBufferWriter<byte>();
        events.Take(first, into);
        events.Take(second, into);
        events.End(into);
        return into.WrittenSpan.ToArray();
    }

    /// <summary>What has passed, and whether the filter ended it; any other exception is a failure of the test.</summary>
    private static (string Passed, bool Ended) FilterOrFail(string dialect, bool seals, byte[][] chunks)
    {
        var events = new EventStreamFilter(AnswerFilter.Create(dialect, new ReasoningRules(ReasoningView.Withheld, IsSummarized: false, seals ? new PlainSealer() : null))!);
        var into = new ArrayBufferWriter<byte>();
        try
        {
            Array.ForEach(chunks, chunk => events.Take(chunk, into));
            events.End(into);
            return (Convert.ToHexString(into.WrittenSpan), false);
        }
        catch (AnswerFilterException)
        {
            return (Convert.ToHexString(into.WrittenSpan), true);
        }
    }

    private static string FilterBody(string dialect, ReasoningView view, bool seals, string body)
    {
        var into = new ArrayBufferWriter<byte>();
        AnswerFilter.Create(dialect, new ReasoningRules(view, IsSummarized: false, seals ? new PlainSealer() : null))!.FilterBody(Encoding.UTF8.GetBytes(body), into);
        return Encoding.UTF8.GetString(into.WrittenSpan);
    }

    private static List<JsonElement> EventsOf(byte[] stream)
    {
        var (parser, events) = (new SseParser(), new List<JsonElement>());
        ReadOnlySpan<byte> rest = stream;
        while (parser.TryRead(ref rest, out var sse))
        {
            events.Add(JsonElement.Parse(sse.Data));
        }

        Assert.False(parser.IsMidEvent);
        return events;
    }

    private static string Sealed(string original) => Convert.ToBase64String([.. "sealed "u8, .. Encoding.UTF8.GetBytes(original)]);

    /// <summary>Seals so that a test can say what was sealed.</summary>
    private sealed class PlainSealer : IReferenceSealer
    {
        public string Seal(ReferenceKind kind, ReadOnlySpan<byte> original) => Convert.ToBase64String([.. "sealed "u8, .. original]);
    }
}
