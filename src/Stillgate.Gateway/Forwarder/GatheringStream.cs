using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// A connection to a provider, read in large pieces where much has come. The client's own buffer takes 4 KiB at a time, so that a stream of 25 KiB that is there
/// already would cost seven calls of the system; here it costs two. Nothing is read before it is asked for, and a buffer is held only while it holds something.
/// </summary>
/// <param name="socket">The connection; owned.</param>
internal sealed class GatheringStream(Socket socket) : Stream
{
    /// <summary>Most bytes that are read at once and not given on yet.</summary>
    public const int GatheredBytesMax = 32 << 10;

    private const uint EventAndChunkEnd = ('\n' << 24) | ('\n' << 16) | ('\r' << 8) | '\n';

    private readonly NetworkStream _inner = new(socket, ownsSocket: true);

    // Used by one read at a time. A buffer that still holds something when the connection is closed is left to the collector: the closing may come while
    // a read copies from it, and in the pool it would then be another exchange's.
    private byte[]? _gathered;
    private int _at;
    private int _length;
    private bool _lastWasFull;
    private bool _wasWaitedFor;

    // The last four bytes that were given on.
    private uint _lastBytes;
    private bool _isClosed;

    /// <summary>
    /// Whether what was given on ends with an event and its chunk, and nothing more has come. Then an answer that is sent in chunks goes on, and whoever has read all of it
    /// so far may wait for more with <see cref="WhenMoreAsync"/>. An answer's end never looks so: the empty line that ends it follows a line that is not empty.
    /// </summary>
    public bool IsBetweenEvents => _gathered is null && _lastBytes == EventAndChunkEnd && !_isClosed && socket.Available == 0;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits until there is something to read, or an end; reads nothing and allocates nothing. For a moment at which nothing else reads.</summary>
    public ValueTask<int> WhenMoreAsync(CancellationToken cancellationToken) => _inner.ReadAsync(Memory<byte>.Empty, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_gathered is not null)
        {
            return new(Give(buffer.Span));
        }

        // Whoever asks whether there is more, by a read of no bytes after one that was full, will want it: it is taken at once.
        if (!buffer.IsEmpty || _lastWasFull)
        {
            return ReceiveAsync(buffer, cancellationToken);
        }

        // Otherwise such a read waits for the next bytes, as the socket's own does.
        _wasWaitedFor = true;
        return _inner.ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        _gathered is null ? Given(buffer.AsSpan(offset, _inner.Read(buffer, offset, count))) : Give(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        HeldBody.IsCarriedBy(this);
        return _inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => _inner.Write(buffer, offset, count);

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _isClosed = true;
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Pooled builder: a read that waits must not allocate, or every chunk would.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // Only after a read that left something behind is it worth asking how much there is, and what was waited for is there.
        var isThere = _wasWaitedFor || buffer.IsEmpty;
        _wasWaitedFor = false;
        if (buffer.Length < GatheredBytesMax && (isThere || (_lastWasFull && socket.Available > buffer.Length)))
        {
            var gathered = ArrayPool<byte>.Shared.Rent(GatheredBytesMax);
            var length = await _inner.ReadAsync(gathered.AsMemory(0, GatheredBytesMax), cancellationToken);
            (_gathered, _at, _length) = (gathered, 0, length);
            _lastWasFull = length == GatheredBytesMax;
            return Give(buffer.Span);
        }

        var read = await _inner.ReadAsync(buffer, cancellationToken);
        _lastWasFull = read == buffer.Length;
        return Given(buffer.Span[..read]);
    }

    private int Give(Span<byte> to)
    {
        var count = Math.Min(to.Length, _length - _at);
        _gathered.AsSpan(_at, count).CopyTo(to);
        _at += count;
        if (_at == _length)
        {
            ArrayPool<byte>.Shared.Return(_gathered!);
            _gathered = null;
        }

        return Given(to[..count]);
    }

    private int Given(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes.Length > sizeof(uint) ? bytes[^sizeof(uint)..] : bytes)
        {
            _lastBytes = (_lastBytes << 8) | value;
        }

        return bytes.Length;
    }
}
