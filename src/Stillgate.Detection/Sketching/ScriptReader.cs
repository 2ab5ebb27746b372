namespace Stillgate.Detection.Sketching;

/// <summary>Tells the script of a text from its first letters, and keeps it in three bits of a sketch's traits.</summary>
internal static class ScriptReader
{
    public const int Count = 8;

    private const int Shift = 9;
    private const int LettersMax = 200;
    private const int CharsMax = 1_000;

    public static RequestTraits Of(ReadOnlySpan<char> text)
    {
        Span<int> letters = stackalloc int[Count];
        letters.Clear();
        var seen = 0;

        // Counted apart: to add to one place of the memory again and again is what would take the time.
        var plain = 0;
        foreach (var c in text[..Math.Min(text.Length, CharsMax)])
        {
            var script = c < 128 ? (char.IsAsciiLetter(c) ? Script.Latin : Script.Unknown) : Wide(c);
            if (script == Script.Unknown)
            {
                continue;
            }

            if (c < 128)
            {
                plain++;
            }
            else
            {
                letters[(int)script]++;
            }

            if (++seen == LettersMax)
            {
                break;
            }
        }

        letters[(int)Script.Latin] += plain;
        var most = 0;
        for (var script = 1; script < Count; script++)
        {
            most = letters[script] > letters[most] ? script : most;
        }

        return (RequestTraits)(most << Shift);
    }

    public static Script Get(RequestTraits traits) => (Script)((int)(traits & RequestTraits.ScriptMask) >> Shift);

    private static Script Wide(char c) => c switch
    {
        _ when !char.IsLetter(c) => Script.Unknown,
        < '\u0370' or (>= '\u1E00' and <= '\u1EFF') => Script.Latin,
        (< '\u0590') or (>= '\u10A0' and <= '\u10FF') => Script.Cyrillic,
        < '\u0780' or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF') => Script.Arabic,
        (>= '\u0900' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') => Script.Indic,
        (>= '\u1100' and <= '\u11FF') or (>= '\uAC00' and <= '\uD7A3') => Script.Hangul,
        (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') => Script.Han,
        _ => Script.Other,
    };
}
