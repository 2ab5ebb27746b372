using System.Buffers;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Gateway.Forwarder;

/// <summary>The answer without the usage chunk that the gateway itself asked for. The tap behind it has seen the chunk.</summary>
internal sealed class UsageStrippingStream(Stream inner) : Stream
{
    private readonly UsageChunkFilter _filter = new();
    private readonly ArrayBufferWriter<byte> _passed = new();
    private int _given;
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

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_given == _passed.WrittenCount && !_ended && buffer.Length > 0)
        {
            _passed.ResetWrittenCount();
            _given = 0;
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                _filter.Take(buffer.Span[..read], _passed);
            }
            else
            {
                _ended = true;
                _filter.End(_passed);
            }
        }

        var count = Math.Min(buffer.Length, _passed.WrittenCount - _given);
        _passed.WrittenMemory.Slice(_given, count).CopyTo(buffer);
        _given += count;
        return count;
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
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
