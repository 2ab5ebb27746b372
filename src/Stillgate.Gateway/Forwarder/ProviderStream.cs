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
/// <remarks>
/// A read gives everything that is there, up to the buffer's end: after each piece it asks whether more follows, and where that would have to be
/// waited for, the asking itself becomes the next wait. That wait costs the client of the runtime an object for each event; where the connection itself shows that the answer
/// goes on, it is waited on instead, for nothing (docs/decisions/0062).
/// </remarks>
internal sealed class ProviderStream(Stream inner, ExchangeFeature exchange, ExchangeTimers timers, TapDecoder? decoder, bool isEncoded, DrainSignal drain, Stream? client) : AnswerStream
{
    private readonly Stream? _client = client;
    private ReadOnlyMemory<byte> _tail;
    private ValueTask<int> _ahead;
    private bool _isAhead;
    private bool _isWaitedOn;
    private bool _begun;
    private bool _ended;
    private bool _isBroken;

    /// <summary>
    /// Whether a read of no bytes waits for the next ones, as it does for a chunked answer and over HTTP/2. Otherwise it tells nothing, and only
    /// <see cref="BytesLeft"/> may tell that no more follows.
    /// </summary>
    public bool CanLookAhead { get; init; }

    /// <summary>The provider's connection, where the answer comes over it in chunks as they were sent; otherwise null.</summary>
    public GatheringStream? Connection { get; init; }

    /// <summary>What is left of the length that the provider announced; null where it announced none, or where another mark than the length ends the answer.</summary>
    public long? BytesLeft { get; set; }

    /// <summary>Whether the answer has ended well and nothing that is still to be read has to be waited for.</summary>
    public bool IsOver => _ended && !_isBroken;

    private ResponseTap? Tap => exchange.Tap;

    // Pooled builder: a read that waits must not allocate, or every chunk would.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended)
        {
            return _isBroken ? throw Broken() : ReadTail(buffer);
        }

        var gathered = 0;
        var isWaiting = _isWaitedOn;
        timers.BeginRead();
        try
        {
            if (isWaiting)
            {
                await Connection!.WhenMoreAsync(timers.ReadToken);
                _isWaitedOn = isWaiting = false;
                if (buffer.IsEmpty)
                {
                    return 0;
                }
            }
            else if (_isAhead)
            {
                _isAhead = false;
                await _ahead;
            }

            var reading = inner.ReadAsync(buffer, timers.ReadToken);
            var read = _begun || reading.IsCompleted ? await reading : await BeginAsync(reading, cancellationToken);
            while (read > 0)
            {
                _begun = true;
                await TakeAsync(buffer.Slice(gathered, read));
                gathered += read;
                BytesLeft -= read;
                if (gathered == buffer.Length || !IsMoreThere())
                {
                    return gathered;
                }

                read = await inner.ReadAsync(buffer[gathered..], timers.ReadToken);
            }

            if (buffer.Length > 0)
            {
                await EndAsync();
            }
        }
        catch (OperationCanceledException) when (OwnEnd() is not null)
        {
            EndOurselves(OwnEnd()!);
            return gathered > 0 ? gathered : ReadTail(buffer);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or ObjectDisposedException)
        {
            // Said here, where it is known whose side broke: the copy then cuts the client's connection, which looks as if the
            // client had left.
            exchange.EndAs(ExchangeEnd.ProviderCut, Refusal.ProviderBroken.Code);
            (_ended, _isBroken) = (true, true);
        }
        finally
        {
            timers.EndRead();
            if (isWaiting)
            {
                // Nobody reads the answer to its end: the provider has to know at once.
                Connection!.Dispose();
            }
        }

        // What came before the break is still the client's; the next read tells it.
        return _isBroken && gathered == 0 ? throw Broken() : gathered;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder?.Abandon();
            if (_isWaitedOn)
            {
                Connection!.Dispose();
            }

            if (_isAhead)
            {
                // The copy gave up while the next bytes were being waited for, and a stream must not be closed under a read.
                _isAhead = false;
                timers.StopReading();
                _ = CloseBehindAsync(inner, _ahead);
            }
            else
            {
                inner.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private static IOException Broken() => new("The provider ended the stream before the answer was complete.");

    /// <summary>The client learns of the stream when the provider begins it: where no token comes with the head, the head goes alone.</summary>
    private async ValueTask<int> BeginAsync(ValueTask<int> reading, CancellationToken cancellationToken)
    {
        _begun = true;
        var preserved = reading.AsTask();
        if (_client is { } client)
        {
            await client.FlushAsync(cancellationToken);
        }

        return await preserved;
    }

    private static async Task CloseBehindAsync(Stream inner, ValueTask<int> ahead)
    {
        await ahead.AsTask().ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await inner.DisposeAsync();
    }

    /// <summary>Whether the next read will not have to wait. Where it would, the wait begins here, for nothing but the next bytes' arrival.</summary>
    private bool IsMoreThere()
    {
        if (!CanLookAhead)
        {
            return BytesLeft == 0;
        }

        if (Connection is { IsBetweenEvents: true })
        {
            // What had come was read to its end, or there would have been more than fitted.
            _isWaitedOn = true;
            return false;
        }

        var ahead = inner.ReadAsync(Memory<byte>.Empty, timers.ReadToken);
        if (ahead.IsCompletedSuccessfully)
        {
            _ = ahead.Result;
            return true;
        }

        (_ahead, _isAhead) = (ahead, true);
        return false;
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
            _isBroken = true;
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
