using System.Runtime.CompilerServices;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Gateway.Forwarder;

/// <summary>The answer without the usage chunk that the gateway itself asked for. The tap behind it has seen the chunk. Works in the reader's own buffer.</summary>
internal sealed class UsageStrippingStream(Stream inner) : AnswerStream
{
    private readonly UsageChunkFilter _filter = new();
    private byte[]? _own;
    private ReadOnlyMemory<byte> _left;
    private bool _ended;

    // Pooled builder: a read that waits must not allocate, or every chunk would.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            // Whoever asks for nothing wants to know when there is something.
            return _left.IsEmpty && !_ended ? await inner.ReadAsync(buffer, cancellationToken) : 0;
        }

        if (_left.IsEmpty && buffer.Length > UsageChunkFilter.HeldBytesMax)
        {
            return await FillAsync(buffer, cancellationToken);
        }

        if (_left.IsEmpty)
        {
            // A reader with less room than an event may take gets it in pieces.
            _own ??= new byte[2 * UsageChunkFilter.HeldBytesMax];
            _left = _own.AsMemory(0, await FillAsync(_own, cancellationToken));
        }

        var count = Math.Min(buffer.Length, _left.Length);
        _left[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            var held = _filter.PutBack(buffer.Span);
            var read = await inner.ReadAsync(buffer[held..], cancellationToken);
            _ended = read == 0;
            var passed = _ended ? UsageChunkFilter.End(buffer.Span[..held]) : _filter.Take(buffer.Span[..(held + read)]);
            if (passed > 0)
            {
                return passed;
            }
        }

        return 0;
    }
}
