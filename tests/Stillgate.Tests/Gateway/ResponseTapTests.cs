using System.Text;
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

    [Fact]
    public void Stream_OfAnyLength_HoldsNoMoreThanItsBound()
    {
        using var tap = new ResponseTap(ResponseAccumulator.Create(Dialects.OpenAiChat), isStream: true);
        var most = 0;
        for (var i = 0; i < 20_000; i++)
        {
            tap.Take("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n"u8);
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
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n", eventsInPiece)));
        for (var i = 0; i < 2_000; i++)
        {
            tap.Take(piece);
            Assert.InRange(tap.HeldBytes, 1, heldBytesMax);
        }

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
