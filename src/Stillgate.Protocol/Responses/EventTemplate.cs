using System.Buffers;

namespace Stillgate.Protocol.Responses;

/// <summary>
/// The events of a stream differ in little but the piece of text that each brings. Once one was read in full and did nothing but
/// append one plain string, the bytes around that string are kept; an event with the same bytes around another plain string must
/// have the same effect with that string, because JSON's grammar leaves no other reading. So most events cost two comparisons.
/// </summary>
/// <remarks>Holds only while nothing else of the answer changes: the accumulator forgets it whenever its state moves.</remarks>
internal sealed class EventTemplate
{
    /// <summary>Longest frame that is kept, in bytes, on either side; a stream with longer ones is read in full.</summary>
    private const int FrameBytesMax = 2048;

    // What may not stand unescaped in a JSON string, and the escape itself: with one of these the event is read in full.
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(value => (byte)value), (byte)'"', (byte)'\\']);
    private byte[] _type = [];
    private byte[] _head = [];
    private byte[] _tail = [];

    /// <summary>Where the text of matching events belongs, or null while nothing is kept.</summary>
    public TextBuffer? Into { get; private set; }

    public void Forget() => Into = null;

    /// <summary>Keeps the frame of an event whose only effect was to append the string at the given place, without its quotes.</summary>
    public void Learn(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, int start, int length, TextBuffer into)
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
        Into = into;
    }

    public bool TryMatch(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (Into is null || data.Length < _head.Length + _tail.Length || !data.StartsWith(_head) || !data.EndsWith(_tail) || !type.SequenceEqual(_type))
        {
            return false;
        }

        text = data[_head.Length..^_tail.Length];
        return text.IndexOfAny(NotPlain) < 0;
    }

    private static void Keep(ref byte[] kept, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.SequenceEqual(kept))
        {
            kept = bytes.ToArray();
        }
    }
}
