using System.Buffers;

namespace Stillgate.Protocol.Responses;

/// <summary>
/// The events of a stream differ in little but the piece of text that each brings. Once one was read in full and did nothing but
/// append one plain string, the bytes around that string are kept; an event with the same bytes around another plain string must
/// have the same effect with that string, because JSON's grammar leaves no other reading. So most events cost two comparisons. Where the event came whole,
/// the lines around its data are kept too, and the next one need not even be cut into lines.
/// </summary>
/// <remarks>Holds only while nothing else of the answer changes: the accumulator forgets it whenever its state moves.</remarks>
internal sealed class EventTemplate
{
    /// <summary>Longest frame that is kept, in bytes, on either side; a stream with longer ones is read in full.</summary>
    private const int FrameBytesMax = 2048;

    // What may not stand unescaped in a JSON string, and the escape itself: with one of these the event is read in full.
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(value => (byte)value), (byte)'"', (byte)'\\']);
    private static readonly byte[] LineFeeds = "\n\n"u8.ToArray();
    private static readonly byte[] LineEnds = "\r\n\r\n"u8.ToArray();
    private byte[] _type = [];
    private byte[] _head = [];
    private byte[] _tail = [];

    // What stands in front of the data and behind it where an event came whole.
    private byte[] _fields = [];
    private byte[] _end = [];
    private bool _isBlockTried;

    /// <summary>Where the text of matching events belongs, or null while nothing is kept.</summary>
    public TextBuffer? Into { get; private set; }

    public void Forget() => Into = null;

    /// <summary>Whether an event that comes whole can be recognised in the stream's own bytes.</summary>
    public bool KnowsBlock => Into is not null && _end.Length > 0;

    /// <summary>Keeps the frame of an event whose only effect was to append the string at the given place, without its quotes.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="data">Its data.</param>
    /// <param name="block">The lines that it came in, or nothing where they are not known.</param>
    /// <param name="start">Where in the data the string begins.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="into">Where it was appended.</param>
    public void Learn(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, ReadOnlySpan<byte> block, int start, int length, TextBuffer into)
    {
        var end = start + length;
        if (start < 1 || end >= data.Length || start > FrameBytesMax || data.Length - end > FrameBytesMax || data[start - 1] != (byte)'"' || data[end] != (byte)'"')
        {
            Forget();
            return;
        }

        Keep(ref _type, type);
        Keep(ref _head, data[..start]);
        Keep(ref _tail, data[end..]);
        (_end, _isBlockTried) = ([], false);
        LearnBlock(type, data, block);
        Into = into;
    }

    public bool TryMatch(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, ReadOnlySpan<byte> block, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (Into is null || data.Length < _head.Length + _tail.Length || !data.StartsWith(_head) || !data.EndsWith(_tail) || !type.SequenceEqual(_type))
        {
            return false;
        }

        text = data[_head.Length..^_tail.Length];
        if (text.IndexOfAny(NotPlain) >= 0)
        {
            return false;
        }

        LearnBlock(type, data, block);
        return true;
    }

    /// <summary>Takes the next event where it stands whole at the start of the bytes and is known; on return, the bytes behind it.</summary>
    /// <param name="bytes">Bytes of the stream, from the start of an event on.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeBlock(ref ReadOnlySpan<byte> bytes)
    {
        if (!KnowsBlock || !bytes.StartsWith(_fields) || !bytes[_fields.Length..].StartsWith(_head))
        {
            return false;
        }

        // A plain string holds no line end either, so it ends where the tail begins or the event is another.
        var rest = bytes[(_fields.Length + _head.Length)..];
        var length = rest.IndexOfAny(NotPlain);
        if (length < 0 || !rest[length..].StartsWith(_tail) || !rest[(length + _tail.Length)..].StartsWith(_end))
        {
            return false;
        }

        Into!.AppendPlain(rest[..length]);
        bytes = rest[(length + _tail.Length + _end.Length)..];
        return true;
    }

    /// <summary>
    /// Keeps what stands around the data, where that is its own field on one line, the type at most in front of it, and an empty line: of other lines, such as
    /// comments, a reader takes more notice than of these.
    /// </summary>
    private void LearnBlock(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, ReadOnlySpan<byte> block)
    {
        if (_isBlockTried || block.IsEmpty)
        {
            return;
        }

        _isBlockTried = true;
        var end = block.EndsWith("\n\n"u8) ? LineFeeds : block.EndsWith("\r\n\r\n"u8) ? LineEnds : [];
        var at = block.Length - end.Length - data.Length;
        if (end.Length > 0 && at >= 0 && block.Slice(at, data.Length).SequenceEqual(data) && IsFieldOfData(block[..at], type))
        {
            Keep(ref _fields, block[..at]);
            _end = end;
        }
    }

    private static bool IsFieldOfData(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> type)
    {
        if (!type.IsEmpty)
        {
            if (!lines.StartsWith("event: "u8) || !lines["event: ".Length..].StartsWith(type))
            {
                return false;
            }

            lines = lines[("event: ".Length + type.Length)..];
            if (!lines.StartsWith("\n"u8) && !lines.StartsWith("\r\n"u8))
            {
                return false;
            }

            lines = lines[(lines[0] == (byte)'\n' ? 1 : 2)..];
        }

        return lines.SequenceEqual("data: "u8) || lines.SequenceEqual("data:"u8);
    }

    private static void Keep(ref byte[] kept, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.SequenceEqual(kept))
        {
            kept = bytes.ToArray();
        }
    }
}
