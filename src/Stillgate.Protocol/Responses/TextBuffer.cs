using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stillgate.Protocol.Responses;

/// <summary>
/// Gathers the text of JSON strings, up to a bound. It works in UTF-16 code units, because a provider may cut a surrogate pair
/// written as two escapes over two events: the halves meet again here. A half that stays alone becomes U+FFFD.
/// </summary>
internal sealed class TextBuffer(int charsMax)
{
    // A text grows by further pieces, not by moving into a larger one: of many streams that grow together the collector would have to move each.
    private const int PieceCharsMin = 256;
    private const int PieceCharsMax = 32 << 10;
    private List<ReadOnlyMemory<char>>? _full;
    private char[] _chars = [];
    private int _filled;
    private int _length;

    public bool IsEmpty => _length == 0;

    /// <summary>Whether text was left out because of the bound.</summary>
    public bool IsCut { get; private set; }

    public int Length => _length;

    /// <summary>How often something was appended.</summary>
    public int AppendCount { get; private set; }

    /// <summary>Where the last appended string lies in the bytes that its reader reads, without its quotes; -1 where it had escapes or was no string of a reader.</summary>
    public int LastStart { get; private set; } = -1;

    /// <summary>Its length in bytes.</summary>
    public int LastLength { get; private set; }

    /// <summary>Appends the string that the reader stands at; anything else is passed over.</summary>
    public void Append(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return;
        }

        if (reader.HasValueSequence)
        {
            Append(reader.ValueSequence.ToArray(), reader.ValueIsEscaped);
        }
        else
        {
            Append(reader.ValueSpan, reader.ValueIsEscaped);
            (LastStart, LastLength) = (reader.ValueIsEscaped ? -1 : (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }
    }

    /// <summary>Appends the inside of a JSON string that holds no escape.</summary>
    public void AppendPlain(ReadOnlySpan<byte> utf8) => Append(utf8, escaped: false);

    public void Append(ReadOnlySpan<char> text)
    {
        Note();
        if (TryMakeRoom(text.Length))
        {
            text.CopyTo(_chars.AsSpan(_filled));
            Fill(text.Length);
        }
    }

    public override string ToString() => string.Create(_length, this, static (all, text) => text.CopyTo(all));

    private void CopyTo(Span<char> all)
    {
        var at = 0;
        for (var i = 0; i < _full?.Count; i++)
        {
            _full[i].Span.CopyTo(all[at..]);
            at += _full[i].Length;
        }

        _chars.AsSpan(0, _filled).CopyTo(all[at..]);

        // Most texts hold no surrogate at all, and one search finds that out.
        var first = all.IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var i = first < 0 ? all.Length : first; i < all.Length; i++)
        {
            if (char.IsHighSurrogate(all[i]) && i + 1 < all.Length && char.IsLowSurrogate(all[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(all[i]))
            {
                all[i] = '\uFFFD';
            }
        }
    }

    private void Note() => (AppendCount, LastStart) = (AppendCount + 1, -1);

    private void Append(ReadOnlySpan<byte> utf8, bool escaped)
    {
        Note();
        // Bytes are never fewer than the code units they decode to, so counting is needed only near the bound.
        var needed = _length + (long)utf8.Length <= charsMax ? utf8.Length : Encoding.UTF8.GetCharCount(utf8);
        if (TryMakeRoom(needed))
        {
            Fill(escaped ? Unescape(utf8, _chars.AsSpan(_filled)) : Encoding.UTF8.GetChars(utf8, _chars.AsSpan(_filled)));
        }
    }

    private static int Unescape(ReadOnlySpan<byte> utf8, Span<char> into)
    {
        var written = 0;
        while (!utf8.IsEmpty)
        {
            var escape = utf8.IndexOf((byte)'\\');
            var plain = escape < 0 ? utf8 : utf8[..escape];
            written += Encoding.UTF8.GetChars(plain, into[written..]);
            if (escape < 0)
            {
                break;
            }

            utf8 = utf8[(escape + 1)..];
            if (utf8[0] == (byte)'u')
            {
                // The reader has checked the escape: four hexadecimal digits follow.
                into[written++] = (char)ushort.Parse(utf8[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                utf8 = utf8[5..];
            }
            else
            {
                into[written++] = utf8[0] switch
                {
                    (byte)'n' => '\n',
                    (byte)'r' => '\r',
                    (byte)'t' => '\t',
                    (byte)'b' => '\b',
                    (byte)'f' => '\f',
                    _ => (char)utf8[0],
                };
                utf8 = utf8[1..];
            }
        }

        return written;
    }

    private bool TryMakeRoom(int more)
    {
        var wanted = _length + (long)more;
        if (IsCut || wanted > charsMax)
        {
            // Nothing follows a cut: text with a hole in it would read as something that was never said.
            IsCut = true;
            return false;
        }

        if (_filled + more > _chars.Length)
        {
            if (wanted <= PieceCharsMin || _length == 0)
            {
                Array.Resize(ref _chars, Math.Max(more, Math.Min(PieceCharsMin, Math.Max((int)wanted, Math.Max(64, _chars.Length * 2)))));
            }
            else
            {
                (_full ??= []).Add(_chars.AsMemory(0, _filled));
                (_chars, _filled) = (new char[Math.Max(more, Math.Clamp(_length / 4, PieceCharsMin, PieceCharsMax))], 0);
            }
        }

        return true;
    }

    private void Fill(int chars)
    {
        _filled += chars;
        _length += chars;
    }
}
