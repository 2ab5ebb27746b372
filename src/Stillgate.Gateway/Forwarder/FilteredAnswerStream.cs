using System.Buffers;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.Filtering;
using ZstdSharp;

namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// The provider's answer after a control's filter. It stands before the tap, so that what is recorded and counted is what left. A stream goes on event by
/// event; a JSON body is held until it is whole, within <see cref="AnswerFilter.BodyBytesMax"/>. What cannot be read does not pass.
/// </summary>
internal sealed class FilteredAnswerStream(Stream inner, AnswerFilter filter, bool isStream, ExchangeFeature exchange, ExchangeTimers timers) : AnswerStream
{
    private const int ChunkBytes = 16 << 10;
    private readonly EventStreamFilter? _events = isStream ? new EventStreamFilter(filter) : null;
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly ArrayBufferWriter<byte> _passed = new();
    private byte[] _chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
    private int _given;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_given == _passed.WrittenCount && !_ended && buffer.Length > 0)
        {
            _passed.ResetWrittenCount();
            _given = 0;
            try
            {
                await FillAsync(cancellationToken);
            }
            catch (Exception unreadable) when (unreadable is AnswerFilterException or InvalidDataException or ZstdException)
            {
                exchange.EndAs(ExchangeEnd.ProviderError, Refusal.AnswerNotFilterable.Code);
                throw new IOException("The answer could not be filtered.");
            }
        }

        var count = Math.Min(buffer.Length, _passed.WrittenCount - _given);
        _passed.WrittenMemory.Slice(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _chunk.Length > 0)
        {
            inner.Dispose();
            ArrayPool<byte>.Shared.Return(_chunk);
            _chunk = [];
        }

        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(_chunk.AsMemory(0, ChunkBytes), cancellationToken);

        // The provider has sent something, whether or not anything of it passes: the gap begins anew.
        timers.BeginRead();
        _ended = read == 0;
        if (_events is null)
        {
            TakeBody(read);
            return;
        }

        if (_ended)
        {
            _events.End(_passed);
            return;
        }

        var withheld = filter.WithheldCount;
        _events.Take(_chunk.AsSpan(0, read), _passed);
        if (_passed.WrittenCount == 0 && filter.WithheldCount > withheld)
        {
            _passed.Write(filter.KeepAlive);
        }
    }

    private void TakeBody(int read)
    {
        if (_ended)
        {
            filter.FilterBody(_body.WrittenMemory, _passed);
            return;
        }

        if (_body.WrittenCount + read > AnswerFilter.BodyBytesMax)
        {
            throw new AnswerFilterException("The answer is too long to be read.");
        }

        _body.Write(_chunk.AsSpan(0, read));
    }
}
