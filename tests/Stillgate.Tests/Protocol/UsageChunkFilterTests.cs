using System.Buffers;
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

    [Fact]
    public void Event_LongerThanWhatIsHeld_PassesAtOnceAndWhole()
    {
        var filter = new UsageChunkFilter();
        var into = new ArrayBufferWriter<byte>();
        var half = Encoding.UTF8.GetBytes("data: " + new string('x', UsageChunkFilter.HeldBytesMax));
        filter.Take(half, into);
        Assert.Equal(half.Length, into.WrittenCount);

        var rest = "\n\ndata: {\"choices\":[],\"usage\":{}}\n\ndata: y\n\n"u8;
        filter.Take(rest, into);
        filter.End(into);
        Assert.Equal([.. half, .. "\n\ndata: y\n\n"u8], into.WrittenSpan.ToArray());
    }

    private static byte[] Filter(params byte[][] parts)
    {
        var filter = new UsageChunkFilter();
        var into = new ArrayBufferWriter<byte>();
        foreach (var part in parts)
        {
            filter.Take(part, into);
        }

        filter.End(into);
        return into.WrittenSpan.ToArray();
    }
}
