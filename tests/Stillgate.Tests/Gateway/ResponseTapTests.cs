using System.Text;
using CsCheck;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Responses;
using Stillgate.Tests.Protocol;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>The tap copies what passes and reads it later: whatever the chunks, the record is the same.</summary>
public sealed class ResponseTapTests
{
    public static TheoryData<string> DialectNames => [Dialects.OpenAiChat, Dialects.AnthropicMessages, Dialects.OpenAiResponses, Dialects.GeminiGenerate];

    [Theory]
    [MemberData(nameof(DialectNames))]
    public void Stream_SplitAtEveryPoint_ReadsTheSame(string dialect)
    {
        var stream = StreamSamples.Of(dialect);
        var whole = ResponseAccumulator.Create(dialect);
        StreamSamples.Feed(whole, stream);
        for (var split = 0; split <= stream.Length; split++)
        {
            using var tap = new ResponseTap(ResponseAccumulator.Create(dialect), isStream: true);
            tap.Take(stream.AsSpan(0, split));
            tap.Take(stream.AsSpan(split));
            tap.End();

            Assert.True(tap.EndedWhole());
            tap.Read();
            Assert.Equal(whole.ToResponse(), tap.Accumulator.ToResponse());
        }
    }

    /// <summary>Lines in front of an event that change nothing of it, and ends of lines: an event among them must not be taken for a known one wrongly, nor a known one lost.</summary>
    private static readonly string[] Leads = ["", "", "", ": ping\n", "id: 7\n", "\n", "data: \n", "retry: 5\n"];

    [Theory]
    [MemberData(nameof(DialectNames))]
    [Trait("fuzz", "parsers")]
    public void Stream_OfAnyEventsInAnyPieces_ReadsTheSame(string dialect)
    {
        var frames = EventTemplateTests.Frames[dialect];
        var texts = EventTemplateTests.Texts;
        var gen = Gen.Select(Gen.Int[0, frames.Length - 1], Gen.Int[0, texts.Length - 1], Gen.Int[0, Leads.Length - 1], Gen.Int[1, 4], Gen.Bool).List[1, 40];
        Gen.Select(gen, Gen.Int[1, 900].List[1, 12]).Sample((events, pieces) =>
        {
            var text = new StringBuilder();
            foreach (var (frame, inner, lead, times, carriageReturns) in events)
            {
                for (var i = 0; i < times; i++)
                {
                    var sse = Leads[lead] + frames[frame].Replace("~", texts[inner], StringComparison.Ordinal) + "\n\n";
                    text.Append(carriageReturns ? sse.ReplaceLineEndings("\r\n") : sse);
                }
            }

            var stream = Encoding.UTF8.GetBytes(text.ToString());
            var whole = ResponseAccumulator.Create(dialect);
            StreamSamples.Feed(whole, stream);
            using var tap = new ResponseTap(ResponseAccumulator.Create(dialect), isStream: true);
            for (int at = 0, i = 0; at < stream.Length; i++)
            {
                var length = Math.Min(pieces[i % pieces.Count], stream.Length - at);
                tap.Take(stream.AsSpan(at, length));
                at += length;
            }

            tap.End();
            tap.Read();
            var read = tap.Accumulator;
            return read.ToResponse() == whole.ToResponse() && read.IsComplete == whole.IsComplete && read.HasError == whole.HasError
                && read.UnreadableCount == whole.UnreadableCount && read.CharCount == whole.CharCount;
        });
    }

    [Fact]
    public void Stream_OfEventsThatDifferInTheirText_HoldsNothingOfThem()
    {
        using var tap = new ResponseTap(ResponseAccumulator.Create(Dialects.OpenAiChat), isStream: true);
        for (var i = 0; i < 1_000; i++)
        {
            tap.Take(Encoding.UTF8.GetBytes(FormattableString.Invariant($"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{i}\"}},\"finish_reason\":null}}]}}\n\n")));
            Assert.Equal(0, tap.HeldBytes);
        }

        Assert.Equal(10 + 180 + 2_700, tap.Accumulator.CharCount);
    }

    [Fact]
    public void Stream_OfAnyLength_HoldsNoMoreThanItsBound()
    {
        using var tap = new ResponseTap(ResponseAccumulator.Create(Dialects.OpenAiChat), isStream: true);
        var most = 0;
        for (var i = 0; i < 20_000; i++)
        {
            // An escape: such an event is never told by the bytes around its text alone.
            tap.Take("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\n\"},\"finish_reason\":null}]}\n\n"u8);
            most = Math.Max(most, tap.HeldBytes);
        }

        tap.Take(new byte[1 << 20]);
        Assert.InRange(most, 1, 2 * ResponseTap.UnreadBytesMax);
        Assert.Equal(20_000, tap.Accumulator.CharCount);
    }

    [Theory]
    [InlineData(1, ResponseTap.TrickleBytesMax)]
    [InlineData(40, ResponseTap.UnreadBytesMax)]
    public void Stream_InPieces_HoldsLittleWhereTheyAreSmall(int eventsInPiece, int heldBytesMax)
    {
        using var tap = new ResponseTap(ResponseAccumulator.Create(Dialects.OpenAiChat), isStream: true);
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\n\"},\"finish_reason\":null}]}\n\n", eventsInPiece)));
        var held = 0;
        for (var i = 0; i < 2_000; i++)
        {
            tap.Take(piece);
            Assert.InRange(tap.HeldBytes, 0, heldBytesMax);
            held = Math.Max(held, tap.HeldBytes);
        }

        Assert.InRange(held, 1, heldBytesMax);
        tap.Read();
        Assert.Equal(2_000 * eventsInPiece, tap.Accumulator.CharCount);
    }

    [Theory]
    [MemberData(nameof(DialectNames))]
    public void Stream_CutWithinItsLastEvent_IsMidEventAndNotWhole(string dialect)
    {
        var stream = StreamSamples.Of(dialect);
        using var tap = new ResponseTap(ResponseAccumulator.Create(dialect), isStream: true);
        tap.Take(stream.AsSpan(0, stream.Length / 2));

        Assert.True(tap.IsMidEvent());
        tap.End();
        Assert.False(tap.EndedWhole());
    }
}
