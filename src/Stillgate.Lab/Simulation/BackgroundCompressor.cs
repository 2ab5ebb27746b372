using System.Buffers;
using System.IO.Compression;
using System.Threading.Channels;

namespace Stillgate.Lab.Simulation;

/// <summary>
/// Compresses on a thread of its own while the next lines are composed. Blocks of a fixed size in their order, at most eight
/// waiting: the bytes are the same as without it. A failure to write shows at the next block, or at the end.
/// </summary>
internal sealed class BackgroundCompressor : IDisposable
{
    private const int BlockSize = 1 << 18;
    private const int BlocksWaitingMax = 8;
    private readonly Channel<(byte[] Block, int Length)> _blocks =
        Channel.CreateBounded<(byte[], int)>(new BoundedChannelOptions(BlocksWaitingMax) { SingleReader = true, SingleWriter = true });

    private readonly Task _compressing;
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _length;
    private bool _finished;

    /// <param name="target">Takes the compressed bytes; disposed at the end.</param>
    public BackgroundCompressor(Stream target) => _compressing = Task.Run(() => CompressAsync(target));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = Math.Min(bytes.Length, BlockSize - _length);
            bytes[..part].CopyTo(_block.AsSpan(_length));
            bytes = bytes[part..];
            _length += part;
            if (_length == BlockSize)
            {
                Send();
                _block = ArrayPool<byte>.Shared.Rent(BlockSize);
                _length = 0;
            }
        }
    }

    /// <summary>Waits until everything is on its way to the disk.</summary>
    /// <exception cref="IOException">Something could not be written.</exception>
    public void Finish()
    {
        _finished = true;
        Send();
        _blocks.Writer.Complete();
        _compressing.GetAwaiter().GetResult();
    }

    /// <summary>Abandons what was not finished.</summary>
    public void Dispose()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        _blocks.Writer.TryComplete();
        // The outcome of an abandoned file does not matter, only that nobody writes to it any more.
        ((IAsyncResult)_compressing).AsyncWaitHandle.WaitOne();
    }

    private void Send()
    {
        while (!_blocks.Writer.TryWrite((_block, _length)))
        {
            if (!_blocks.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
            {
                _compressing.GetAwaiter().GetResult();
                throw new IOException("The log's compression has ended.");
            }
        }
    }

    private async Task CompressAsync(Stream target)
    {
        try
        {
            await using var gzip = new GZipStream(target, CompressionLevel.Fastest);
            await foreach (var (block, length) in _blocks.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                gzip.Write(block, 0, length);
                ArrayPool<byte>.Shared.Return(block);
            }
        }
        catch (IOException)
        {
            // The composer may be waiting for room; it must learn that there will be none.
            _blocks.Writer.TryComplete();
            throw;
        }
    }
}
