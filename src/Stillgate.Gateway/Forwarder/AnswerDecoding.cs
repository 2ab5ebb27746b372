using System.IO.Compression;
using ZstdSharp;

namespace Stillgate.Gateway.Forwarder;

/// <summary>How an answer that must be read before it passes is decoded, where its provider encoded it although asked not to.</summary>
internal static class AnswerDecoding
{
    /// <summary>The decoder of the encodings, or null where it is unknown or there are several.</summary>
    public static Func<Stream, Stream>? Of(ICollection<string> encodings) => encodings.Count > 1 ? null : encodings.FirstOrDefault()?.Trim().ToLowerInvariant() switch
    {
        null or "identity" => static stream => stream,
        "gzip" or "x-gzip" => static stream => new GZipStream(stream, CompressionMode.Decompress),
        "deflate" => static stream => new ZLibStream(stream, CompressionMode.Decompress),
        "br" => static stream => new BrotliStream(stream, CompressionMode.Decompress),
        "zstd" => static stream => new DecompressionStream(stream),
        _ => null,
    };
}
