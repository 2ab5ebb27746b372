using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using ZstdSharp;

namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// Decodes what a provider compressed although it was asked not to, for the tap alone: the client gets the bytes as they came. One
/// decoder lives as long as the answer, since its state runs through all chunks. It runs beside the copy, a bounded pipe between.
/// </summary>
internal sealed class TapDecoder
{
    // A kilobyte can unfold to a megabyte: past this the tap looks no further.
    private const long DecodedBytesMax = 256L << 20;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, useSynchronizationContext: false));
    private readonly ResponseTap _tap;
    private readonly Task _decoding;

    private TapDecoder(ResponseTap tap, Func<Stream, Stream> decode)
    {
        _tap = tap;
        _decoding = Task.Run(() => DecodeAsync(decode));
    }

    /// <summary>Whether the whole of what was fed could be decoded. Meaningful after <see cref="EndAsync"/>.</summary>
    public bool IsSound { get; private set; }

    /// <summary>Ends when nothing is decoded any more, so that the tap may be read.</summary>
    public Task Done => _decoding;

    /// <summary>The decoder of an encoding in lower case, or null where it is unknown.</summary>
    public static TapDecoder? Create(string? encoding, ResponseTap tap) => encoding switch
    {
        "gzip" or "x-gzip" => new TapDecoder(tap, stream => new GZipStream(stream, CompressionMode.Decompress)),
        "deflate" => new TapDecoder(tap, stream => new ZLibStream(stream, CompressionMode.Decompress)),
        "br" => new TapDecoder(tap, stream => new BrotliStream(stream, CompressionMode.Decompress)),
        "zstd" => new TapDecoder(tap, stream => new DecompressionStream(stream)),
        _ => null,
    };

    public async ValueTask TakeAsync(ReadOnlyMemory<byte> bytes) => await _pipe.Writer.WriteAsync(bytes);

    public async ValueTask EndAsync()
    {
        await _pipe.Writer.CompleteAsync();
        await _decoding;
    }

    /// <summary>Nothing more will come, whether or not the answer was whole.</summary>
    public void Abandon() => _pipe.Writer.Complete();

    private async Task DecodeAsync(Func<Stream, Stream> decode)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            await using var decoded = decode(_pipe.Reader.AsStream(leaveOpen: true));
            long total = 0;
            int read;
            while ((read = await decoded.ReadAsync(buffer)) > 0 && (total += read) <= DecodedBytesMax)
            {
                _tap.Take(buffer.AsSpan(0, read));
            }

            IsSound = read == 0;
        }
        catch (Exception corrupt) when (corrupt is InvalidDataException or IOException or ZstdException or InvalidOperationException)
        {
            // The client gets the same bytes and will refuse them itself; the record says that the answer could not be read.
            IsSound = false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);

            // Completing the reader frees the copy, which would otherwise wait for room in the pipe.
            await _pipe.Reader.CompleteAsync();
        }
    }
}
