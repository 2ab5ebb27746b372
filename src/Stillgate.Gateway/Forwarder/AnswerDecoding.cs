using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using ZstdSharp;

namespace Stillgate.Gateway.Forwarder;

/// <summary>How an answer is encoded where its provider encoded it although asked not to, and how one that must be read before it passes is decoded.</summary>
internal static class AnswerDecoding
{
    /// <summary>An answer that is not encoded.</summary>
    public const string None = "identity";

    /// <summary>What an answer is encoded with: one encoding in lower case, <see cref="None"/>, or null where there are several.</summary>
    public static string? EncodingOf(StringValues header)
    {
        if (header.Count > 1 || header.ToString().Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        var encoding = header.ToString().Trim();
        return encoding.Length == 0 || encoding.Equals(None, StringComparison.OrdinalIgnoreCase) ? None : encoding.ToLowerInvariant();
    }

    /// <summary>The decoder of an encoding, or null where it is unknown or there are several.</summary>
    public static Func<Stream, Stream>? Of(string? encoding) => encoding switch
    {
        None => static stream => stream,
        "gzip" or "x-gzip" => static stream => new GZipStream(stream, CompressionMode.Decompress),
        "deflate" => static stream => new ZLibStream(stream, CompressionMode.Decompress),
        "br" => static stream => new BrotliStream(stream, CompressionMode.Decompress),
        "zstd" => static stream => new DecompressionStream(stream),
        _ => null,
    };
}
