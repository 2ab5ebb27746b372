using System.Text.Json;

namespace Stillgate.Protocol.Streaming;

/// <summary>
/// Leaves the usage chunk out of an OpenAI stream: the event whose <c>choices</c> are empty and whose <c>usage</c> is an object.
/// Every other byte passes as it came, in the buffer that it was read into. It holds back only the event that is not whole yet, and of one
/// that is longer than <see cref="HeldBytesMax"/>, and so no usage chunk, nothing more.
/// </summary>
/// <remarks>Not safe for use by two threads at once. For each read: <see cref="PutBack"/>, read behind that, then <see cref="Take"/> both.</remarks>
public sealed class UsageChunkFilter
{
    /// <summary>Largest event that is held back, in bytes; a usage chunk has about 300.</summary>
    public const int HeldBytesMax = 16 << 10;

    private readonly GrowingBytes _held = new();
    private bool _isLineEmpty;
    private bool _isPassing;

    /// <summary>Puts what is held at the start of the buffer into which the next bytes are read.</summary>
    /// <param name="buffer">Longer than <see cref="HeldBytesMax"/>.</param>
    /// <returns>How many bytes that were.</returns>
    public int PutBack(Span<byte> buffer)
    {
        var count = _held.Length;
        _held.Span.CopyTo(buffer);
        _held.Clear();
        return count;
    }

    /// <summary>Takes what was put back and the next bytes of the stream behind it.</summary>
    /// <param name="bytes">On return, what the client gets stands at its start.</param>
    /// <returns>How many bytes that is.</returns>
    public int Take(Span<byte> bytes)
    {
        var at = PassLongEvent(bytes);
        at += EmptyLines(bytes[at..]);
        var end = at + WholeEvents(bytes[at..]);
        var kept = at + LeaveOut(bytes[at..end]);
        return kept + HoldOrPass(bytes[end..], bytes[kept..]);
    }

    /// <summary>The stream has ended: what was put back passes, unless it is the usage chunk without its empty line.</summary>
    /// <param name="bytes">What was put back.</param>
    /// <returns>How many of the bytes the client gets.</returns>
    public static int End(ReadOnlySpan<byte> bytes) => IsUsageChunk(bytes) ? 0 : bytes.Length;

    private static int EmptyLines(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (bytes[at..].StartsWith("\n"u8) || bytes[at..].StartsWith("\r\n"u8))
        {
            at += bytes[at] == (byte)'\n' ? 1 : 2;
        }

        return at;
    }

    /// <summary>How many of the bytes are events with their empty lines.</summary>
    private static int WholeEvents(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf("\n\n"u8) is var line and >= 0 ? line + 2 : 0;
        return bytes[end..].LastIndexOf("\n\r\n"u8) is var other and >= 0 ? end + other + 3 : end;
    }

    /// <summary>Closes the gaps that usage chunks among whole events leave. Most of a stream has none: one search finds that out.</summary>
    private static int LeaveOut(Span<byte> events)
    {
        var (at, kept) = (0, 0);
        for (int usage; (usage = UsageObject(events[at..])) >= 0;)
        {
            var start = at + WholeEvents(events.Slice(at, usage));
            var end = start + FirstEvent(events[start..]);
            kept += Move(events[at..(IsUsageChunk(events[start..end]) ? start : end)], events[kept..]);
            at = end;
        }

        return kept + Move(events[at..], events[kept..]);
    }

    private static int Move(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        return from.Length;
    }

    private static int FirstEvent(ReadOnlySpan<byte> events)
    {
        var empty = EmptyLines(events);
        if (empty > 0)
        {
            return empty;
        }

        var line = events.IndexOf("\n\n"u8);
        var end = line < 0 ? events.Length : line + 2;
        return events[..end].IndexOf("\n\r\n"u8) is var other and >= 0 ? other + 3 : end;
    }

    /// <summary>Where an object is named usage, or -1. A provider that is asked for usage writes null into every other event: those are passed over.</summary>
    private static int UsageObject(ReadOnlySpan<byte> events)
    {
        var space = " \t\r\n"u8;
        var at = 0;
        for (int found; (found = UsageNameSearch.IndexOf(events[at..])) >= 0; at += UsageNameSearch.NameBytes)
        {
            at += found;
            if (at == 0 || events[at - 1] != (byte)'"')
            {
                continue;
            }

            var value = events[(at + UsageNameSearch.NameBytes)..].TrimStart(space);
            if (value.StartsWith(":"u8) && value[1..].TrimStart(space).StartsWith("{"u8))
            {
                return at - 1;
            }
        }

        return -1;
    }

    private static bool IsUsageChunk(ReadOnlySpan<byte> block)
    {
        if (UsageObject(block) < 0)
        {
            return false;
        }

        try
        {
            if (DataOfOneLine(block) is { IsEmpty: false } data)
            {
                return IsUsageOnly(data);
            }

            var parser = new SseParser();
            return (parser.TryRead(ref block, out var sse) || parser.TryEnd(out sse)) && IsUsageOnly(sse.Data);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The data of an event that has nothing but one line of it, as almost all have; nothing of any other.</summary>
    private static ReadOnlySpan<byte> DataOfOneLine(ReadOnlySpan<byte> block)
    {
        var line = block.TrimEnd("\r\n"u8);
        return line.StartsWith("data: "u8) && line.IndexOfAny((byte)'\r', (byte)'\n') < 0 ? line["data: ".Length..] : default;
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

    /// <summary>How many of the bytes are the rest of an event that was too long to be held.</summary>
    private int PassLongEvent(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (_isPassing && at < bytes.Length)
        {
            var lineEnd = bytes[at..].IndexOf((byte)'\n');
            var part = lineEnd < 0 ? bytes[at..] : bytes.Slice(at, lineEnd + 1);
            at += part.Length;

            // A line of nothing but a carriage return is empty too, and its two bytes may come apart.
            _isLineEmpty &= part.Trim("\r\n"u8).IsEmpty;
            if (lineEnd >= 0)
            {
                _isPassing = !_isLineEmpty;
                _isLineEmpty = true;
            }
        }

        return at;
    }

    private int HoldOrPass(ReadOnlySpan<byte> rest, Span<byte> into)
    {
        if (rest.Length <= HeldBytesMax)
        {
            _held.Append(rest);
            return 0;
        }

        _isPassing = true;
        _isLineEmpty = rest[(rest.LastIndexOf((byte)'\n') + 1)..].Trim("\r\n"u8).IsEmpty;
        rest.CopyTo(into);
        return rest.Length;
    }
}
