using System.Buffers;
using System.Text.Json;

namespace Stillgate.Protocol.Streaming;

/// <summary>
/// Leaves the usage chunk out of an OpenAI stream: the event whose <c>choices</c> are empty and whose <c>usage</c> is an object.
/// Every other byte passes as it came. It holds back only the event that is not whole yet, and of one that is longer than
/// <see cref="HeldBytesMax"/>, and so no usage chunk, nothing more.
/// </summary>
/// <remarks>Not safe for use by two threads at once.</remarks>
public sealed class UsageChunkFilter
{
    /// <summary>Largest event that is held back, in bytes; a usage chunk has about 300.</summary>
    public const int HeldBytesMax = 16 << 10;

    private readonly GrowingBytes _held = new();
    private bool _isLineEmpty = true;
    private bool _isPassing;

    /// <summary>Takes the next bytes of the stream.</summary>
    /// <param name="bytes">As the provider sent them.</param>
    /// <param name="into">Receives what the client gets of these and of what was held.</param>
    public void Take(ReadOnlySpan<byte> bytes, IBufferWriter<byte> into)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[PassWholeEvents(bytes, into)..];
            var lineEnd = bytes.IndexOf((byte)'\n');
            var part = lineEnd < 0 ? bytes : bytes[..(lineEnd + 1)];
            bytes = bytes[part.Length..];
            if (part.IsEmpty)
            {
                break;
            }

            // A line of nothing but a carriage return is empty too, and its two bytes may come apart.
            _isLineEmpty &= part.Trim("\r\n"u8).IsEmpty;
            Hold(part, into);
            if (lineEnd < 0)
            {
                continue;
            }

            if (_isLineEmpty)
            {
                EndEvent(into);
            }

            _isLineEmpty = true;
        }
    }

    /// <summary>The stream has ended: what is held passes, unless it is the usage chunk without its empty line.</summary>
    /// <param name="into">Receives it.</param>
    public void End(IBufferWriter<byte> into) => EndEvent(into);

    private static bool IsUsageChunk(ReadOnlySpan<byte> block)
    {
        if (block.IndexOf("\"usage\""u8) < 0)
        {
            return false;
        }

        try
        {
            var parser = new SseParser();
            return (parser.TryRead(ref block, out var sse) || parser.TryEnd(out sse)) && IsUsageOnly(sse.Data);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsUsageOnly(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (hasUsage, hasNoChoices) = (false, false);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isUsage, areChoices) = (reader.ValueTextEquals("usage"u8), reader.ValueTextEquals("choices"u8));
            reader.Read();
            hasUsage |= isUsage && reader.TokenType == JsonTokenType.StartObject;
            if (areChoices && reader.TokenType == JsonTokenType.StartArray)
            {
                var ahead = reader;
                hasNoChoices = ahead.Read() && ahead.TokenType == JsonTokenType.EndArray;
            }

            reader.Skip();
        }

        return hasUsage && hasNoChoices;
    }

    /// <summary>Most of a stream is whole events without a word of usage: they pass in one piece. Says how many bytes that was.</summary>
    private int PassWholeEvents(ReadOnlySpan<byte> bytes, IBufferWriter<byte> into)
    {
        if (_held.Length > 0 || _isPassing || !_isLineEmpty || bytes[0] is (byte)'\n' or (byte)'\r')
        {
            return 0;
        }

        var end = bytes.LastIndexOf("\n\n"u8) + 2;
        if (end < 2 || bytes[..end].IndexOf("\"usage\""u8) >= 0)
        {
            return 0;
        }

        into.Write(bytes[..end]);
        return end;
    }

    private void Hold(ReadOnlySpan<byte> part, IBufferWriter<byte> into)
    {
        if (!_isPassing && _held.Length + part.Length > HeldBytesMax)
        {
            into.Write(_held.Span);
            _held.Clear();
            _isPassing = true;
        }

        if (_isPassing)
        {
            into.Write(part);
        }
        else
        {
            _held.Append(part);
        }
    }

    private void EndEvent(IBufferWriter<byte> into)
    {
        if (!_isPassing && !IsUsageChunk(_held.Span))
        {
            into.Write(_held.Span);
        }

        _held.Clear();
        _isPassing = false;
    }
}
