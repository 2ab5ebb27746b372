namespace Stillgate.Detection.Sketching;

/// <summary>
/// Walks a text and gives, for each token, the features that <see cref="CueModel"/> weighs: the word, its first five letters, its pieces of four letters,
/// and those first letters beside the word before and the one before that; in scripts without spaces each character, and it with the one and the two before. Numbers are one token whatever they say, fenced code
/// is one token, and brackets are tokens, since a prompt that prescribes a form shows it. Keeps nothing of the text.
/// </summary>
internal ref struct CueTokens
{
    /// <summary>Bits of a feature.</summary>
    public const int Bits = 17;

    /// <summary>Most features of one token.</summary>
    public const int FeaturesMax = 4 + WordLettersMax;

    /// <summary>A window's width: 32 words, or 64 characters of a script without spaces.</summary>
    public const int WindowWidth = 64;

    /// <summary>A window of fewer features is weighed as if it had so many: a word or two are no wording.</summary>
    public const int FeaturesMin = 60;

    // Long texts carry material in the middle; what is asked for stands at either end.
    private const int HeadCharsMax = 1600;
    private const int TailCharsMax = 800;
    private const int WordLettersMax = 24;
    private const int StemLetters = 5;
    private const ulong Prime = 0x9E3779B97F4A7C15;
    private const string Brackets = "<>{}[]#`";

    private ReadOnlySpan<char> _text;
    private ReadOnlySpan<char> _tail;
    private int _at;

    // The tokens before, as whole words and by their first letters.
    private ulong _word1;
    private ulong _word2;
    private ulong _stem1;
    private ulong _stem2;

    public CueTokens(ReadOnlySpan<char> text)
    {
        var whole = text.Length <= HeadCharsMax + TailCharsMax;
        _text = whole ? text : text[..HeadCharsMax];
        _tail = whole ? [] : text[^TailCharsMax..];
    }

    /// <summary>What the token takes of a window's width.</summary>
    public int Width { get; private set; }

    /// <summary>Goes on to the next token.</summary>
    /// <param name="features">Receives its features; room for <see cref="FeaturesMax"/>.</param>
    /// <returns>How many it has, 0 at the end of the text.</returns>
    public int Next(scoped Span<uint> features)
    {
        while (true)
        {
            while (_at < _text.Length)
            {
                var c = _text[_at];
                if (char.IsLetter(c))
                {
                    return MaskedText.IsUnspaced(c) ? Character(c, features) : Word(features);
                }

                if (char.IsDigit(c))
                {
                    SkipNumber();
                    return Sign('0', features);
                }

                if (c == '`' && _text[_at..].StartsWith("```"))
                {
                    SkipCode();
                    return Sign('`', features);
                }

                _at++;
                if (c < 128 && Brackets.Contains(c, StringComparison.Ordinal))
                {
                    return Sign(c, features);
                }
            }

            if (_tail.IsEmpty)
            {
                return 0;
            }

            _text = _tail;
            _tail = [];
            _at = 0;
        }
    }

    private static ulong Step(ulong hash, char c) => (hash ^ c) * Prime ^ (hash >> 29);

    private static uint Feature(ulong kind, ulong hash) => (uint)(((hash + kind) * Prime) >> (64 - Bits));

    private static ulong Pair(ulong first, ulong second) => ((first * Prime) ^ (first >> 31)) + second;

    private void SkipNumber()
    {
        while (_at < _text.Length && char.IsDigit(_text[_at]))
        {
            _at++;
        }
    }

    private void SkipCode()
    {
        var end = _text[(_at + 3)..].IndexOf("```");
        _at = end < 0 ? _text.Length : _at + 3 + end + 3;
    }

    private int Character(char c, scoped Span<uint> features)
    {
        _at++;
        Width = 1;
        var hash = Step(Prime, c);
        features[0] = Feature(1, hash);
        var count = 1;
        if (_word1 != 0)
        {
            features[count++] = Feature(2, Pair(_word1, hash));
        }

        if (_word2 != 0)
        {
            features[count++] = Feature(3, Pair(Pair(_word2, _word1), hash));
        }

        Shift(hash, hash);
        return count;
    }

    private int Sign(char c, scoped Span<uint> features)
    {
        var hash = Step(Prime, c);
        features[0] = Feature(4, hash);
        return Beside(hash, hash, features, 1);
    }

    private int Word(scoped Span<uint> features)
    {
        Span<char> letters = stackalloc char[WordLettersMax + 2];
        letters[0] = '^';
        var length = 1;
        ulong hash = Prime, stem = 0;
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c < 128)
            {
                if (!char.IsAsciiLetter(c))
                {
                    break;
                }

                c = (char)(c | 0x20);
            }
            else if (char.IsLetter(c) && !MaskedText.IsUnspaced(c))
            {
                c = char.ToLowerInvariant(c);
            }
            else if (char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                // Vowel signs and accents written apart are left out: most writers do.
                continue;
            }
            else
            {
                break;
            }

            hash = Step(hash, c);
            stem = length == StemLetters ? hash : stem;
            if (length <= WordLettersMax)
            {
                letters[length] = c;
            }

            length++;
        }

        features[0] = Feature(4, hash);
        var count = 1;
        if (length - 1 > StemLetters)
        {
            features[count++] = Feature(5, stem);
        }

        length = Math.Min(length, WordLettersMax + 1);
        letters[length++] = '$';
        for (var i = 0; i + 4 <= length && count < FeaturesMax - 2; i++)
        {
            var piece = letters[i] | ((ulong)letters[i + 1] << 16) | ((ulong)letters[i + 2] << 32) | ((ulong)letters[i + 3] << 48);
            features[count++] = Feature(6, piece ^ (piece >> 23));
        }

        return Beside(hash, stem == 0 ? hash : stem, features, count);
    }

    private int Beside(ulong word, ulong stem, scoped Span<uint> features, int count)
    {
        Width = 2;
        if (_stem1 != 0)
        {
            features[count++] = Feature(7, Pair(_stem1, stem));
        }

        if (_stem2 != 0)
        {
            features[count++] = Feature(8, Pair(_stem2, stem));
        }

        Shift(word, stem);
        return count;
    }

    private void Shift(ulong word, ulong stem)
    {
        _word2 = _word1;
        _word1 = word;
        _stem2 = _stem1;
        _stem1 = stem;
    }
}
