using System.Text;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Responses;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>How the answer is read from the provider: all that is there at once, nothing later than it came, and no end that was not one.</summary>
public sealed class ProviderStreamTests : IDisposable
{
    private static readonly byte[] First = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n"u8.ToArray();
    private static readonly byte[] Last = "data: [DONE]\n\n"u8.ToArray();
    private readonly ScriptedStream _provider = new();
    private readonly ExchangeTimers _timers = new(TimeProvider.System, new TimeoutOptions());
    private readonly DrainSignal _drain = new();
    private readonly DefaultHttpContext _context = new();
    private readonly ExchangeFeature _exchange;
    private readonly byte[] _buffer = new byte[64 << 10];

    public ProviderStreamTests()
    {
        _context.Response.Body = new MemoryStream();
        _exchange = new ExchangeFeature("x-1", DateTimeOffset.UnixEpoch, 0, null!) { Tap = new ResponseTap(ResponseAccumulator.Create(Dialects.OpenAiChat), isStream: true) };
        _timers.BeginBody(CancellationToken.None, CancellationToken.None);
    }

    public void Dispose()
    {
        _exchange.Tap!.Dispose();
        _timers.Dispose();
        _drain.Dispose();
        _provider.Dispose();
    }

    [Fact]
    public async Task Read_SeveralPiecesHaveArrived_GivesThemAtOnceAndWaitsForNoMore()
    {
        await using var stream = Stream();
        _provider.Arrive(First);
        _provider.Arrive(First);

        Assert.Equal(2 * First.Length, await ReadAsync(stream));
        Assert.Equal([.. First, .. First], _buffer[..(2 * First.Length)]);
        Assert.False(stream.IsOver);

        var waiting = ReadAsync(stream);
        Assert.False(waiting.IsCompleted);
        _provider.Arrive(Last);
        Assert.Equal(Last.Length, await waiting);
    }

    [Fact]
    public async Task Read_EndIsThere_IsKnownWithTheLastPiece()
    {
        await using var stream = Stream();
        _provider.Arrive(First);
        _provider.Arrive(Last);
        _provider.End();

        Assert.Equal(First.Length + Last.Length, await ReadAsync(stream));
        Assert.True(stream.IsOver);
        Assert.Equal(0, await ReadAsync(stream));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_ProviderBreaksBehindAPiece_PieceIsGivenAndTheNextReadFails(bool endsEarly)
    {
        await using var stream = Stream();
        _provider.Arrive(First);
        if (endsEarly)
        {
            _provider.End();
        }
        else
        {
            _provider.Fail(new IOException("reset"));
        }

        Assert.Equal(First.Length, await ReadAsync(stream));
        Assert.False(stream.IsOver);
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(stream));
        Assert.Equal(("ProviderCut", endsEarly ? "stream_without_end" : "provider_broken"), (_exchange.End.ToString(), _exchange.EndReason));
    }

    [Fact]
    public async Task Read_OfAnAnnouncedLength_NeverWaitsForMoreThanWasAsked()
    {
        await using var stream = Stream(canLookAhead: false, bytesLeft: First.Length + Last.Length);
        _provider.Arrive(First);

        Assert.Equal(First.Length, await ReadAsync(stream));
        Assert.Equal(1, _provider.ReadCount);
        _provider.Arrive(Last);
        _provider.End();
        Assert.Equal(Last.Length, await ReadAsync(stream));
        Assert.True(stream.IsOver);
    }

    [Fact]
    public async Task Dispose_WhileTheNextPieceIsWaitedFor_ClosesBehindTheWait()
    {
        var stream = Stream();
        _provider.Arrive(First);
        Assert.Equal(First.Length, await ReadAsync(stream));

        await stream.DisposeAsync();
        Assert.True(_timers.ReadToken.IsCancellationRequested);
        Assert.False(_provider.IsDisposed);
        _provider.Fail(new OperationCanceledException());
        Assert.True(_provider.IsDisposed);
    }

    [Fact]
    public async Task LastPiece_EndIsKnown_IsLeftToTheServer()
    {
        await using var answer = Stream();
        await using var stream = new LastPieceStream(new UsageStrippingStream(answer), answer, _context.Response);
        _provider.Arrive(First);
        Assert.Equal(First.Length, await stream.ReadAsync(_buffer, TestContext.Current.CancellationToken));

        _provider.Arrive("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n"u8.ToArray());
        _provider.Arrive(Last);
        _provider.End();
        Assert.Equal(0, await stream.ReadAsync(_buffer, TestContext.Current.CancellationToken));
        await _context.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Last, ((MemoryStream)_context.Response.Body).ToArray());
    }

    [Fact]
    public async Task LastPiece_SmallReads_LoseNothing()
    {
        await using var answer = Stream();
        await using var stream = new LastPieceStream(new UsageStrippingStream(answer), answer, _context.Response);
        byte[] whole = [.. First, .. First, .. Last];
        _provider.Arrive([.. First, .. First]);
        _provider.Arrive(Last);
        _provider.End();
        var seen = new StringBuilder();
        for (int read; (read = await stream.ReadAsync(_buffer.AsMemory(0, 7), TestContext.Current.CancellationToken)) > 0;)
        {
            seen.Append(Encoding.UTF8.GetString(_buffer, 0, read));
        }

        await _context.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetString(whole), seen + Encoding.UTF8.GetString(((MemoryStream)_context.Response.Body).ToArray()));
    }

    [Fact]
    public void Chunk_Passed_StaysWithinItsBudget()
    {
        using var answer = Stream();
        using var stream = new LastPieceStream(new UsageStrippingStream(answer), answer, _context.Response);
        var isSound = true;
        AllocationTests.Check("chunk passed", () =>
        {
            // As the copy reads: first nothing, which waits, and then what came.
            var waiting = stream.ReadAsync(Memory<byte>.Empty);
            _provider.Arrive(First);
            isSound &= waiting.IsCompletedSuccessfully && waiting.Result == 0;
            var read = stream.ReadAsync(_buffer);
            isSound &= read.IsCompletedSuccessfully && read.Result == First.Length;
        });
        Assert.True(isSound);
    }

    private ProviderStream Stream(bool canLookAhead = true, long? bytesLeft = null) =>
        new(_provider, _exchange, _timers, decoder: null, isEncoded: false, _drain, client: null) { CanLookAhead = canLookAhead, BytesLeft = bytesLeft };

    private Task<int> ReadAsync(ProviderStream stream) => stream.ReadAsync(_buffer, TestContext.Current.CancellationToken).AsTask();
}
