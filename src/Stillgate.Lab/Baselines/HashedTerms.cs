namespace Stillgate.Lab.Baselines;

/// <summary>
/// The terms of a text as hashes: words, and character trigrams, which also serve scripts that do not space their words. Hashing
/// into a fixed number of columns after Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009.
/// </summary>
internal static class HashedTerms
{
    private const uint Offset = 2_166_136_261;
    private const uint Prime = 16_777_619;

    /// <summary>Calls back with every term's hash.</summary>
    public static void Visit<TState>(string text, TState state, Action<uint, TState> onTerm)
    {
        var word = Offset;
        var isInWord = false;
        uint last = 0, before = 0;
        foreach (var letter in text)
        {
            var lower = (uint)char.ToLowerInvariant(letter);
            if (char.IsLetterOrDigit(letter))
            {
                word = (word ^ lower) * Prime;
                isInWord = true;
            }
            else if (isInWord)
            {
                onTerm(Spread(word), state);
                (word, isInWord) = (Offset, false);
            }

            onTerm(Spread((((((Offset ^ before) * Prime) ^ last) * Prime) ^ lower) * Prime), state);
            (before, last) = (last, lower);
        }

        if (isInWord)
        {
            onTerm(Spread(word), state);
        }
    }

    // FNV leaves its low bits poorly mixed, and the columns are taken from them.
    private static uint Spread(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
