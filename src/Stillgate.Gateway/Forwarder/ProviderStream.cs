using System.Runtime.CompilerServices;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.Errors;

namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// The provider's answer as the copy to the client reads it. Bytes pass untouched; the tap copies each of them once. An end that is
/// not a clean end never looks like one: where the provider died the read fails, so that the client's connection is cut; where
/// the gateway itself ends a stream, an error event in the dialect's shape is the last thing the client reads.
/// </summary>
internal sealed class ProviderStream(Stream inner, ExchangeFeature exchange, ExchangeTimers timers, TapDecoder? decoder, bool isEncoded, DrainSignal drain, Stream? client) : Stream
{
    private readonly Stream? _client = client;
    private ReadOnlyMemory<byte> _tail;
    private bool _begun;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private ResponseTap? Tap => exchange.Tap;

    // Pooled builder: a read that waits must not allocate, or every chunk would.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended)
        {
            return ReadTail(buffer);
        }

        int read;
        timers.BeginRead();
        try
        {
            var reading = inner.ReadAsync(buffer, timers.ReadToken);
            if (!_begun)
            {
                _begun = true;
                reading = reading.IsCompleted || _client is null ? reading : await BeginAsync(_client, reading, cancellationToken);
            }

            read = await reading;
        }
        catch (OperationCanceledException) when (OwnEnd() is not null)
        {
            EndOurselves(OwnEnd()!);
            return ReadTail(buffer);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // Said here, where it is known whose side broke: the copy then cuts the client's connection, which looks as if the
            // client had left.
            exchange.EndAs(ExchangeEnd.ProviderCut, Refusal.ProviderBroken.Code);
            throw;
        }
        finally
        {
            timers.EndRead();
        }

        if (read > 0)
        {
            await TakeAsync(buffer[..read]);
            return read;
        }

        if (buffer.Length > 0)
        {
            await EndAsync();
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The copy reads asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder?.Abandon();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The client learns of the stream when the provider begins it: where no token comes with the head, the head goes alone.</summary>
    private static async ValueTask<ValueTask<int>> BeginAsync(Stream client, ValueTask<int> reading, CancellationToken cancellationToken)
    {
        var preserved = reading.AsTask();
        await client.FlushAsync(cancellationToken);
        return new ValueTask<int>(preserved);
    }

    private ValueTask TakeAsync(ReadOnlyMemory<byte> bytes)
    {
        if (decoder is not null)
        {
            return decoder.TakeAsync(bytes);
        }

        if (!isEncoded)
        {
            Tap?.Take(bytes.Span);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask EndAsync()
    {
        _ended = true;
        if (decoder is not null)
        {
            await decoder.EndAsync();
        }

        if (Tap is not { } tap || (isEncoded && decoder?.IsSound != true))
        {
            return;
        }

        tap.End();
        if (tap.IsStream && !tap.EndedWhole())
        {
            exchange.EndAs(ExchangeEnd.ProviderCut, "stream_without_end");
            throw new IOException("The provider ended the stream before the answer was complete.");
        }
    }

    /// <summary>Why the gateway itself ended the reading, or null where it did not.</summary>
    private Refusal? OwnEnd() => timers.Expired switch
    {
        TimerExpiry.Gap => Refusal.StreamStalled,
        TimerExpiry.Total => Refusal.StreamTooLong,
        _ => drain.IsOver ? Refusal.Draining : null,
    };

    private void EndOurselves(Refusal refusal)
    {
        _ended = true;
        exchange.EndAs(refusal.End, refusal.Code);
        if (Tap is not { IsStream: true } || isEncoded)
        {
            // A JSON body or a compressed stream cannot be ended in words; cutting the connection says it.
            throw new IOException("The gateway ended the answer before it was complete.");
        }

        _tail = ErrorBody.EncodeEvent(exchange.Shape, refusal.Status, refusal.Code, refusal.Message, Tap.IsMidEvent());
    }

    private int ReadTail(Memory<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _tail.Length);
        _tail[..count].CopyTo(buffer);
        _tail = _tail[count..];
        return count;
    }
}
