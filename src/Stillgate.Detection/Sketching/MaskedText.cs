using System.Globalization;
using System.Runtime.CompilerServices;

namespace Stillgate.Detection.Sketching;

/// <summary>
/// Cuts a text into hashed tokens without keeping it. Letters form words, folded to lower case; ideographs, kana and scripts written
/// without spaces give a token each; numbers, quoted text, code blocks and addresses become one masked token each, so that texts which
/// differ only in those get the same tokens (after Drain, He et al., ICWS 2017).
/// </summary>
internal sealed class MaskedText
{
    /// <summary>Most tokens kept of a text: its beginning and, past that, its end.</summary>
    public const int TokensMax = 1200;

    /// <summary>No character below it is one of <see cref="IsUnspaced"/>.</summary>
    public const char UnspacedMin = '\u0E00';

    private const int HeadCharsMax = 6000;
    private const int TailCharsMax = 2000;
    private const int QuoteCharsMax = 600;
    private const int FieldCharsMax = 24;

    private const ulong Prime = 0x9E3779B97F4A7C15;
    public const ulong NumberMask = 0x11;
    public const ulong QuoteMask = 0x22;
    public const ulong CodeMask = 0x33;
    public const ulong AddressMask = 0x44;
    public const ulong ClosingTagMask = 0x55;

    private readonly ulong[] _tokens = new ulong[TokensMax];
    private readonly ulong[] _stems4 = new ulong[TokensMax];
    private readonly ulong[] _stems6 = new ulong[TokensMax];
    private readonly byte[] _lengths = new byte[TokensMax];
    private readonly bool[] _bracketed = new bool[TokensMax];

    /// <summary>Tokens found.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a code block was found.</summary>
    public bool HasCode { get; private set; }

    /// <summary>Whether most of the first tokens are ideographs.</summary>
    public bool BeginsUnspaced { get; private set; }

    public ReadOnlySpan<ulong> Tokens => _tokens.AsSpan(0, Count);

    /// <summary>
    /// Hash of each word's first four letters, 0 where it is shorter; of an Arabic word, of its <see cref="ArabicStem"/>. Of a single
    /// word in quotes, which may name a field, its <see cref="HashField"/>.
    /// </summary>
    public ReadOnlySpan<ulong> Stems4 => _stems4.AsSpan(0, Count);

    /// <summary>Hash of each word's first six letters, 0 where it is shorter.</summary>
    public ReadOnlySpan<ulong> Stems6 => _stems6.AsSpan(0, Count);

    /// <summary>Letters of each word, 1 for an ideograph, 0 for a mask.</summary>
    public ReadOnlySpan<byte> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>Whether a bracket or a number sign stands in front of a word. Says nothing about masks.</summary>
    public ReadOnlySpan<bool> Bracketed => _bracketed.AsSpan(0, Count);

    public void Scan(ReadOnlySpan<char> text)
    {
        Count = 0;
        HasCode = false;
        if (text.Length <= HeadCharsMax + TailCharsMax)
        {
            ScanPart(text, TokensMax);
        }
        else
        {
            ScanPart(text[..HeadCharsMax], TokensMax * 3 / 4);
            ScanPart(text[^TailCharsMax..], TokensMax);
        }

        BeginsUnspaced = Lengths[..Math.Min(Count, 24)].Count((byte)1) * 2 > Math.Min(Count, 24);
    }

    /// <summary>Hash of one lower-case word, as the scanner gives it: for the lexicon.</summary>
    public static ulong HashWord(ReadOnlySpan<char> word)
    {
        ulong hash = Prime;
        foreach (var letter in word)
        {
            hash = Step(hash, letter);
        }

        return hash;
    }

    /// <summary>Hash of a name of Latin letters and underscores that stands alone in quotes, 0 for any other text.</summary>
    public static ulong HashField(ReadOnlySpan<char> name)
    {
        var hash = Step(Prime, '"');
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetter(letter) && letter != '_')
            {
                return 0;
            }

            hash = Step(hash, (char)(letter == '_' ? letter : letter | 0x20));
        }

        return hash;
    }

    /// <summary>
    /// Hash of the first four letters of an Arabic word without its article and the particles written together with it, every alef
    /// alike and vowel signs left out; 0 where fewer are left.
    /// </summary>
    public static ulong ArabicStem(ReadOnlySpan<char> word)
    {
        var joined = word[0] is '\u0648' or '\u0641' ? 1 : 0;
        var inner = word.Length > joined + 2 && word[joined] is '\u0628' or '\u0643' ? joined + 1 : joined;
        var article = word[inner..].StartsWith("\u0627\u0644") ? inner + 2 : word[joined..].StartsWith("\u0644\u0644") ? joined + 2 : 0;
        var start = article > 0 && word.Length - article >= 3 ? article : joined > 0 && word.Length >= 5 ? joined : 0;
        ulong hash = Prime;
        var letters = 0;
        for (var i = start; i < word.Length && letters < 4; i++)
        {
            var c = word[i];
            if (c is >= '\u0621' and <= '\u064A' and not '\u0640')
            {
                hash = Step(hash, c is '\u0622' or '\u0623' or '\u0625' ? '\u0627' : c);
                letters++;
            }
        }

        return letters == 4 ? hash : 0;
    }

    /// <summary>Scripts written without spaces, and Hangul, whose words take endings: each character is a token.</summary>
    public static bool IsUnspaced(char c) =>
        c >= UnspacedMin && c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF')
            or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1780' and <= '\u17FF') or (>= '\u1000' and <= '\u109F') or (>= '\uAC00' and <= '\uD7A3');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong hash, char c) => (hash ^ c) * Prime ^ (hash >> 29);

    private void ScanPart(ReadOnlySpan<char> text, int tokensMax)
    {
        var i = 0;
        while (i < text.Length && Count < tokensMax)
        {
            var c = text[i];
            if (c < 128 ? char.IsAsciiLetter(c) : char.IsLetter(c) || char.IsSurrogate(c))
            {
                if (Count < TokensMax)
                {
                    _bracketed[Count] = i > 0 && text[i - 1] is '<' or '[' or '#' or '\u3010' or '\uFF1C';
                }

                i = IsUnspaced(c) ? AddIdeograph(text, i) : AddWord(text, i);
            }
            else if (char.IsDigit(c))
            {
                i = AddNumber(text, i);
            }
            else if (c is '"' or '\u201C' or '\u300C' or '\u00AB')
            {
                i = AddQuote(text, i);
            }
            else if (c == '<' && i + 1 < text.Length && text[i + 1] == '/')
            {
                Add(ClosingTagMask, 0, 0, 0);
                i += 2;
            }
            else if (c == '`' && text[i..].StartsWith("```"))
            {
                i = AddCode(text, i);
            }
            else
            {
                i++;
            }
        }
    }

    private int AddIdeograph(ReadOnlySpan<char> text, int at)
    {
        Add(Step(Prime, text[at]), 0, 0, 1);
        return at + 1;
    }

    private int AddWord(ReadOnlySpan<char> text, int at)
    {
        ulong hash = Prime, stem4 = 0, stem6 = 0;
        var i = at;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 128)
            {
                if (!char.IsAsciiLetter(c))
                {
                    break;
                }

                c = (char)(c | 0x20);
            }
            else
            {
                if (IsUnspaced(c) || !(char.IsLetter(c) || char.IsSurrogate(c) || IsMark(c)))
                {
                    break;
                }

                c = char.ToLowerInvariant(c);
            }

            hash = Step(hash, c);
            if (i - at == 3)
            {
                stem4 = hash;
            }
            else if (i - at == 5)
            {
                stem6 = hash;
            }
        }

        if (i - at is 4 or 5 && i + 2 < text.Length && text[i] == ':' && text[i + 1] == '/' && text[i + 2] == '/')
        {
            return AddAddress(text, i);
        }

        if (text[at] is >= '\u0620' and <= '\u06FF')
        {
            stem4 = ArabicStem(text[at..i]);
        }

        Add(hash, stem4, stem6, (byte)Math.Min(255, i - at));
        return i;
    }

    private int AddNumber(ReadOnlySpan<char> text, int at)
    {
        var i = at;
        while (i < text.Length && (char.IsDigit(text[i]) || text[i] is '.' or ',' or ':' or '-' or '/'))
        {
            i++;
        }

        Add(NumberMask, 0, 0, 0);
        return i;
    }

    private int AddQuote(ReadOnlySpan<char> text, int at)
    {
        var closing = text[at] switch { '\u201C' => '\u201D', '\u300C' => '\u300D', '\u00AB' => '\u00BB', _ => '"' };
        var window = text.Slice(at + 1, Math.Min(QuoteCharsMax, text.Length - at - 1));
        var end = window.IndexOf(closing);
        if (end <= 0)
        {
            return at + 1;
        }

        Add(QuoteMask, end <= FieldCharsMax ? HashField(window[..end]) : 0, 0, 0);
        return at + 1 + end + 1;
    }

    private int AddCode(ReadOnlySpan<char> text, int at)
    {
        HasCode = true;
        Add(CodeMask, 0, 0, 0);
        var end = text[(at + 3)..].IndexOf("```");
        return end < 0 ? at + 3 : at + 3 + end + 3;
    }

    private int AddAddress(ReadOnlySpan<char> text, int at)
    {
        Add(AddressMask, 0, 0, 0);
        var i = at;
        while (i < text.Length && !char.IsWhiteSpace(text[i]))
        {
            i++;
        }

        return i;
    }

    private static bool IsMark(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private void Add(ulong hash, ulong stem4, ulong stem6, byte length)
    {
        if (Count < TokensMax)
        {
            _tokens[Count] = hash;
            _stems4[Count] = stem4;
            _stems6[Count] = stem6;
            _lengths[Count] = length;
            Count++;
        }
    }
}
