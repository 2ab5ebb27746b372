using System.Text;
using CsCheck;
using Stillgate.Protocol.Streaming;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Protocol;

public sealed class SseParserTests
{
    [Fact]
    public void Parse_EverySplitIntoTwo_GivesTheSameEvents()
    {
        foreach (var stream in (byte[][])[Samples.OpenAiStream, Samples.AnthropicStream, CrLf(Samples.AnthropicStream)])
        {
            var whole = Parse([stream]);
            for (var split = 0; split <= stream.Length; split++)
            {
                Assert.Equal(whole, Parse([stream[..split], stream[split..]]));
            }
        }
    }

    [Trait("fuzz", "parsers")]
    [Fact]
    public void Parse_AnyChunks_MatchTheSlowObviousParser()
    {
        string[] pieces = ["data: é水🌊", "data:x", "data", "event: ping", "event:", ": note", "id: 1", "retry: 5", "", "", "\n", "\r\n", "\r", "data: {\"a\":1}"];
        string[] ends = ["\n", "\r\n", "\r"];
        var lines = Gen.Select(Gen.Int[0, pieces.Length - 1], Gen.Int[0, ends.Length - 1], (text, end) => pieces[text] + ends[end]);
        Gen.Select(lines.List[0, 30], Gen.Int[1, 7], Gen.Bool).Sample((list, size, bom) =>
        {
            var bytes = Encoding.UTF8.GetBytes((bom ? "\uFEFF" : "") + string.Concat(list));
            Assert.Equal(ParseSlowly(bytes), Parse([.. bytes.Chunk(size)]));
        });
    }

    [Fact]
    public void Parse_EventOverTheBound_IsMarkedAndTheNextIsWhole()
    {
        var parser = new SseParser(eventBytesMax: 100);
        ReadOnlySpan<byte> input = Encoding.UTF8.GetBytes("data: " + new string('x', 500) + "\n\ndata: after\n\n");

        Assert.True(parser.TryRead(ref input, out var first));
        Assert.True(first.Oversized);
        Assert.True(first.Data.IsEmpty);
        Assert.True(parser.TryRead(ref input, out var second));
        Assert.Equal("after", Encoding.UTF8.GetString(second.Data));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void Parse_LineAtTheBound_IsKept(int lineBytes, bool oversized)
    {
        var parser = new SseParser(eventBytesMax: 100);
        ReadOnlySpan<byte> input = Encoding.UTF8.GetBytes("data:" + new string('x', lineBytes - 5) + "\n\n");

        Assert.True(parser.TryRead(ref input, out var sse));
        Assert.Equal(oversized, sse.Oversized);
    }

    [Fact]
    public void End_LastEventLacksItsBlankLine_IsDelivered()
    {
        var parser = new SseParser();
        var input = "data: last"u8;

        Assert.False(parser.TryRead(ref input, out _));
        Assert.True(parser.IsMidEvent);
        Assert.True(parser.TryEnd(out var sse));
        Assert.Equal("last", Encoding.UTF8.GetString(sse.Data));
    }

    private static byte[] CrLf(byte[] stream) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stream).ReplaceLineEndings("\r\n"));

    private static List<string> Parse(IEnumerable<byte[]> chunks)
    {
        var parser = new SseParser();
        var events = new List<string>();
        foreach (var chunk in chunks)
        {
            ReadOnlySpan<byte> input = chunk;
            while (parser.TryRead(ref input, out var sse))
            {
                events.Add(Text(sse));
            }

            Assert.True(input.IsEmpty);
        }

        if (parser.TryEnd(out var last))
        {
            events.Add(Text(last));
        }

        return events;
    }

    private static string Text(SseEvent sse) => $"{Encoding.UTF8.GetString(sse.Type)}|{Encoding.UTF8.GetString(sse.Data)}";

    /// <summary>The specification read aloud, on the whole text at once.</summary>
    private static List<string> ParseSlowly(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var events = new List<string>();
        var type = "";
        List<string>? content = null;
        foreach (var line in lines)
        {
            if (line.Length == 0)
            {
                if (content is not null)
                {
                    events.Add($"{type}|{string.Join('\n', content)}");
                }

                (type, content) = ("", null);
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? line : line[..colon];
            var value = colon < 0 ? "" : line[(colon + 1)..];
            value = value.StartsWith(' ') ? value[1..] : value;
            if (name == "data")
            {
                (content ??= []).Add(value);
            }
            else if (name == "event")
            {
                type = value;
            }
        }

        if (content is not null)
        {
            events.Add($"{type}|{string.Join('\n', content)}");
        }

        return events;
    }
}
