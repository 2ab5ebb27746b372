using System.Net;
using System.Net.Sockets;
using Stillgate.Gateway.Forwarder;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>A provider's connection is read in large pieces, and gives the same bytes as a plain one.</summary>
public sealed class GatheringStreamTests
{
    private const int ReaderBytes = 4096;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Read_WritesAndReadsOfAnySize_GivesEveryByteInOrder(int seed)
    {
        var random = new Random(seed);
        var sent = new byte[600_000];
        random.NextBytes(sent);
        var (stream, provider) = await ConnectAsync();
        await using var reading = stream;
        using var writing = provider;
        var stop = TestContext.Current.CancellationToken;
        var pieces = Enumerable.Range(0, 400).Select(_ => random.Next(1, 9000)).ToArray();
        var send = Task.Run(
            async () =>
            {
                var at = 0;
                for (var i = 0; at < sent.Length; i = (i + 1) % pieces.Length)
                {
                    at += await provider.SendAsync(sent.AsMemory(at, Math.Min(pieces[i], sent.Length - at)), stop);
                }

                provider.Shutdown(SocketShutdown.Send);
            },
            stop);

        var got = new byte[sent.Length];
        var length = 0;
        int read;
        while ((read = await stream.ReadAsync(got.AsMemory(length, Math.Min(length == got.Length ? 0 : random.Next(1, 2 * ReaderBytes), got.Length - length)), stop)) > 0)
        {
            length += read;
        }

        await send;
        Assert.Equal(sent, got[..length]);
        Assert.Equal(0, await stream.ReadAsync(new byte[ReaderBytes], stop));
    }

    [Fact]
    public async Task Read_MoreHasComeThanTheReaderTakes_TheRestIsThereWithoutTheSocket()
    {
        var (stream, provider) = await ConnectAsync();
        await using var reading = stream;
        using var writing = provider;
        var stop = TestContext.Current.CancellationToken;
        await provider.SendAsync(new byte[4 * ReaderBytes], stop);
        await stream.ReadExactlyAsync(new byte[ReaderBytes], stop);
        await stream.ReadExactlyAsync(new byte[ReaderBytes], stop);

        // What was gathered outlives the connection; a read that went to the socket would wait, or fail.
        Assert.True(stream.ReadAsync(Memory<byte>.Empty, stop).AsTask().IsCompletedSuccessfully);
        Assert.Equal(ReaderBytes, await stream.ReadAsync(new byte[ReaderBytes], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Read_AfterAWait_TakesAllThatHasComeAtOnce()
    {
        var (stream, provider) = await ConnectAsync();
        await using var reading = stream;
        using var writing = provider;
        var stop = TestContext.Current.CancellationToken;
        await provider.SendAsync(new byte[3 * ReaderBytes], stop);
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty, stop));
        await stream.ReadExactlyAsync(new byte[ReaderBytes], stop);

        // A read that went to the socket would fail.
        Assert.Equal(ReaderBytes, await stream.ReadAsync(new byte[ReaderBytes], new CancellationToken(canceled: true)));
    }

    /// <summary>A read that filled its buffer to the last byte there was: what asks for more waits, and loses nothing.</summary>
    [Fact]
    public async Task Read_OfNothingAfterAFullOne_WaitsAndLosesNothing()
    {
        var (stream, provider) = await ConnectAsync();
        await using var reading = stream;
        using var writing = provider;
        var stop = TestContext.Current.CancellationToken;
        await provider.SendAsync(new byte[ReaderBytes], stop);
        Assert.Equal(ReaderBytes, await stream.ReadAsync(new byte[ReaderBytes], stop));

        var waiting = stream.ReadAsync(Memory<byte>.Empty, stop).AsTask();
        Assert.False(waiting.IsCompleted);
        await provider.SendAsync(new byte[] { 1, 2, 3 }, stop);
        Assert.Equal(0, await waiting);
        var got = new byte[3];
        await stream.ReadExactlyAsync(got, stop);
        Assert.Equal([1, 2, 3], got);

        provider.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty, stop));
        Assert.Equal(0, await stream.ReadAsync(new byte[ReaderBytes], stop));
    }

    [Fact]
    public async Task Read_OfNothing_EndsWhenSomethingComes()
    {
        var (stream, provider) = await ConnectAsync();
        await using var reading = stream;
        using var writing = provider;
        var stop = TestContext.Current.CancellationToken;

        var waiting = stream.ReadAsync(Memory<byte>.Empty, stop).AsTask();
        Assert.False(waiting.IsCompleted);
        await provider.SendAsync(new byte[1], stop);

        Assert.Equal(0, await waiting);
        Assert.Equal(1, await stream.ReadAsync(new byte[ReaderBytes], stop));
    }

    [Theory]
    [InlineData("data: 1\n\n\r\n", true)]
    [InlineData("data: 1\n\n", false)]
    [InlineData("0\r\n\r\n", false)]
    [InlineData("data: 1\n\n\r\n0\r\n\r\n", false)]
    [InlineData("0\n\n", false)]
    [InlineData("x-trailer: 1\n\r\n", false)]
    public async Task IsBetweenEvents_AfterBytesReadOneByOne_OnlyBehindAnEventAndItsChunk(string sent, bool expected)
    {
        var (stream, provider) = await ConnectAsync();
        await using var reading = stream;
        using var writing = provider;
        var stop = TestContext.Current.CancellationToken;
        await provider.SendAsync(System.Text.Encoding.ASCII.GetBytes(sent), stop);
        for (var i = 0; i < sent.Length; i++)
        {
            Assert.Equal(1, await stream.ReadAsync(new byte[1], stop));
        }

        Assert.Equal(expected, stream.IsBetweenEvents);
        await stream.DisposeAsync();
        Assert.False(stream.IsBetweenEvents);
    }

    private static async Task<(GatheringStream Stream, Socket Provider)> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var ours = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await ours.ConnectAsync(listener.LocalEndpoint);
        return (new GatheringStream(ours), await listener.AcceptSocketAsync());
    }
}
