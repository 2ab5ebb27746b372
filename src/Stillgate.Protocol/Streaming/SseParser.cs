namespace Stillgate.Protocol.Streaming;

/// <summary>
/// Cuts a byte stream into server-sent events, whatever the chunks (WHATWG HTML, section 9.2.6). It works on bytes alone:
/// UTF-8 is never decoded, so a character split over two chunks cannot be damaged. It keeps at most the bytes of one event,
/// bounded by <see cref="EventBytesMax"/>; nothing that a provider sends makes it throw.
/// </summary>
/// <remarks>Not safe for use by two threads at once.</remarks>
public sealed class SseParser
{
    /// <summary>Largest event that is kept, in bytes: an image or a whole reasoning block in one event is still below it.</summary>
    public const int EventBytesMax = 4 << 20;

    private readonly int _eventBytesMax;
    private readonly GrowingBytes _line = new();
    private readonly GrowingBytes _data = new();
    private readonly GrowingBytes _type = new();
    private bool _afterCarriageReturn;
    private bool _firstLine = true;
    private bool _hasData;
    private bool _delivered;
    private bool _oversized;

    /// <summary>Creates a parser with the usual bound.</summary>
    public SseParser()
        : this(EventBytesMax)
    {
    }

    internal SseParser(int eventBytesMax) => _eventBytesMax = eventBytesMax;

    /// <summary>Comment lines seen so far, such as keep-alives.</summary>
    public long CommentCount { get; private set; }

    /// <summary>Whether the bytes so far end within an event: a line or a block is not closed yet.</summary>
    public bool IsMidEvent => _line.Length > 0 || (!_delivered && (_hasData || _type.Length > 0 || _oversized));

    /// <summary>Whether the next byte begins an event, so that what follows may be read without this parser up to the end of an event.</summary>
    public bool IsBetweenEvents => !_afterCarriageReturn && !IsMidEvent;

    /// <summary>Reads on until an event is whole or the input is used up.</summary>
    /// <param name="input">The next bytes; on return, those that were not consumed.</param>
    /// <param name="sse">The event, when the result is true.</param>
    /// <returns>True when an event is whole; call again with the rest. False when all of the input was consumed.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> input, out SseEvent sse)
    {
        ForgetDelivered();
        if (_afterCarriageReturn && input.Length > 0)
        {
            // A line feed right after a carriage return belongs to the line end before it, even in the next chunk.
            _afterCarriageReturn = false;
            input = input[0] == (byte)'\n' ? input[1..] : input;
        }

        while (true)
        {
            var end = input.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                Hold(input);
                input = default;
                sse = default;
                return false;
            }

            Hold(input[..end], out var line);
            input = AfterLineEnd(input, end);
            var whole = TakeLine(line);
            _line.Clear();
            if (whole)
            {
                sse = Deliver();
                return true;
            }
        }
    }

    /// <summary>Ends the stream. A last event that lacks its blank line is delivered, because providers forget it.</summary>
    /// <param name="sse">The event, when the result is true.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryEnd(out SseEvent sse)
    {
        ForgetDelivered();
        if (_line.Length > 0)
        {
            TakeLine(_line.Span);
            _line.Clear();
        }

        if (_hasData || _oversized)
        {
            sse = Deliver();
            return true;
        }

        sse = default;
        return false;
    }

    private void ForgetDelivered()
    {
        if (_delivered)
        {
            (_delivered, _hasData, _oversized) = (false, false, false);
            _data.Clear();
            _type.Clear();
        }
    }

    private SseEvent Deliver()
    {
        _delivered = true;
        return new SseEvent(_type.Span, _oversized ? default : _data.Span, _oversized);
    }

    private ReadOnlySpan<byte> AfterLineEnd(ReadOnlySpan<byte> input, int end)
    {
        if (input[end] == (byte)'\n')
        {
            return input[(end + 1)..];
        }

        if (end + 1 < input.Length)
        {
            return input[(end + 1)..][(input[end + 1] == (byte)'\n' ? 1 : 0)..];
        }

        _afterCarriageReturn = true;
        return default;
    }

    private void Hold(ReadOnlySpan<byte> part)
    {
        if (_line.Length + part.Length > _eventBytesMax)
        {
            // The head of the line is kept so that the field's name is still known; its middle is dropped.
            _oversized = true;
            part = part[..Math.Max(0, Math.Min(part.Length, 16 - _line.Length))];
        }

        _line.Append(part);
    }

    private void Hold(ReadOnlySpan<byte> part, out ReadOnlySpan<byte> line)
    {
        if (_line.Length == 0 && part.Length <= _eventBytesMax)
        {
            line = part;
            return;
        }

        Hold(part);
        line = _line.Span;
    }

    /// <summary>Returns true when the line closes an event that has data.</summary>
    private bool TakeLine(ReadOnlySpan<byte> line)
    {
        if (_firstLine)
        {
            _firstLine = false;
            line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        }

        if (line.IsEmpty)
        {
            if (_hasData || _oversized)
            {
                return true;
            }

            // A block without data is no event, by the specification; its type is forgotten.
            _type.Clear();
            return false;
        }

        if (line[0] == (byte)':')
        {
            CommentCount++;
            return false;
        }

        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? default : line[(colon + 1)..];
        value = !value.IsEmpty && value[0] == (byte)' ' ? value[1..] : value;
        TakeField(name, value);
        return false;
    }

    private void TakeField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("data"u8))
        {
            if (_data.Length + value.Length + 1 > _eventBytesMax)
            {
                _oversized = true;
                return;
            }

            if (_hasData)
            {
                _data.Append("\n"u8);
            }

            _hasData = true;
            _data.Append(value);
        }
        else if (name.SequenceEqual("event"u8))
        {
            _type.Clear();
            _type.Append(value.Length <= 128 ? value : value[..128]);
        }
    }
}
