using System.Text;
using Stillgate.Protocol.Streaming;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Protocol;

public sealed class UsageChunkFilterTests
{
    private static readonly string Stream = Encoding.UTF8.GetString(Samples.OpenAiStream);
    private static readonly string Without = string.Join("\n\n", Stream.Split("\n\n").Where(block => !block.Contains("\"usage\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Stream_EverySplit_LosesTheUsageChunkAndNothingElse(string lineEnd)
    {
        var stream = Encoding.UTF8.GetBytes(Stream.ReplaceLineEndings(lineEnd));
        var expected = Encoding.UTF8.GetBytes(Without.ReplaceLineEndings(lineEnd));
        Assert.NotEqual(stream.Length, expected.Length);
        for (var split = 0; split <= stream.Length; split++)
        {
            Assert.Equal(expected, Filter(stream[..split], stream[split..]));
        }
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":1}}\n\n")]
    [InlineData("data: {\"choices\":[],\"usage\":null}\n\n")]
    [InlineData("data: {\"choices\":[],\"note\":\"\\\"usage\\\"\"}\n\n")]
    [InlineData("data: {\"usage\" not json\n\ndata: [DONE]")]
    [InlineData(": a comment on \"usage\"\n\n\n\ndata: x\n\n")]
    public void Event_NoUsageChunk_Passes(string stream) => Assert.Equal(Encoding.UTF8.GetBytes(stream), Filter(Encoding.UTF8.GetBytes(stream)));

    /// <summary>The search takes many bytes at a time: the chunk is found wherever among them it stands, and whatever stands around it.</summary>
    [Theory]
    [InlineData("\"usage\":{}")]
    [InlineData("\"usage\": {}")]
    [InlineData("\"usage\" :{}")]
    [InlineData("\"usage\":null,\"usage\":{}")]
    public void UsageChunk_AtAnyPlaceAmongEventsWithNullUsage_IsLeftOut(string usage)
    {
        for (var padding = 0; padding < 140; padding++)
        {
            var before = string.Concat(Enumerable.Range(0, 9).Select(i => $"data: {{\"choices\":[{{\"u\":\"usage\",\"text\":\"{new string('u', padding + i)}\"}}],\"usage\":null}}\n\n"));
            var after = $"data: {{\"x\":\"{new string('y', padding % 9)}\",\"usage\":null}}\n\n";
            var stream = before + "data: {\"choices\":[]," + usage + "}\n\n" + after;
            Assert.Equal(before + after, Encoding.UTF8.GetString(Filter(Encoding.UTF8.GetBytes(stream))));
        }
    }

    [Fact]
    public void Event_LongerThanWhatIsHeld_PassesAtOnceAndWhole()
    {
        var half = Encoding.UTF8.GetBytes("data: " + new string('x', UsageChunkFilter.HeldBytesMax));
        var filter = new UsageChunkFilter();
        Assert.Equal(half, Pass(filter, half));

        var rest = "\n\ndata: {\"choices\":[],\"usage\":{}}\n\ndata: y\n\n"u8.ToArray();
        Assert.Equal("\n\ndata: y\n\n"u8.ToArray(), Pass(filter, rest));
        Assert.Equal([.. half, .. "\n\ndata: y\n\n"u8], Filter(half, rest));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Stream_EverySplitInThreeAndLongEventsBetween_LosesTheUsageChunksAndNothingElse(string lineEnd)
    {
        // Long events that contain the chunk's words, chunks in a row, and a last one without its empty line.
        var usage = "data: {\"usage\" : {\"prompt_tokens\":1},\"choices\":[ ]}";
        var longer = "event: x\ndata: " + new string('é', 9000) + "\ndata: \"usage\":{}\n\n";
        var stream = Encoding.UTF8.GetBytes((Stream + usage + "\n\n" + usage + "\n\n" + longer + "data: {\"choices\":[{}],\"usage\":null}\n\n" + usage).ReplaceLineEndings(lineEnd));
        var expected = Encoding.UTF8.GetBytes((Without + longer + "data: {\"choices\":[{}],\"usage\":null}\n\n").ReplaceLineEndings(lineEnd));
        for (var first = 0; first <= stream.Length; first += 53)
        {
            for (var second = first; second <= stream.Length; second += 677)
            {
                Assert.Equal(expected, Filter(stream[..first], stream[first..second], stream[second..]));
            }
        }
    }

    private static byte[] Filter(params byte[][] parts)
    {
        var filter = new UsageChunkFilter();
        var into = new List<byte>();
        foreach (var part in parts)
        {
            into.AddRange(Pass(filter, part));
        }

        var buffer = new byte[UsageChunkFilter.HeldBytesMax + 1];
        var held = filter.PutBack(buffer);
        into.AddRange(buffer[..UsageChunkFilter.End(buffer.AsSpan(0, held))]);
        return [.. into];
    }

    private static byte[] Pass(UsageChunkFilter filter, byte[] part)
    {
        var buffer = new byte[UsageChunkFilter.HeldBytesMax + 1 + part.Length];
        var held = filter.PutBack(buffer);
        part.CopyTo(buffer.AsSpan(held));
        return buffer[..filter.Take(buffer.AsSpan(0, held + part.Length))];
    }
}
