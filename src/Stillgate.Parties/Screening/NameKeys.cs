namespace Stillgate.Parties.Screening;

/// <summary>The keys under which a name's words are found: what a typing slip, another romanisation or another script leaves unchanged.</summary>
internal static class NameKeys
{
    private const int GramLength = 3;
    private const int GramWordMin = 4;

    /// <summary>Calls back for every key of a profile with the share of the name's identity that it carries. A key may come twice.</summary>
    public static void Each(NameProfile profile, Action<ulong, float> key)
    {
        foreach (var token in profile.Tokens)
        {
            if (token.Kind is WordKind.Stop or WordKind.Particle or WordKind.Title or WordKind.Suffix or WordKind.Initial)
            {
                continue;
            }

            var weight = (float)token.Weight;
            if (token.Concept >= 0)
            {
                key(Key('c', token.Concept), weight);
                if (token.Kind == WordKind.Name)
                {
                    // A slip in a word that is translated is no word of the lexicon; its letters still find this one.
                    EachOfWord(token, 0.5f * weight, key);
                }

                continue;
            }

            EachOfWord(token, weight, key);
        }

        EachOfWhole(profile, key);
    }

    private static void EachOfWord(NameToken token, float weight, Action<ulong, float> key)
    {
        key(Key('s', token.Sound), weight);
        if (token.Skeleton.Length >= 2)
        {
            key(Key('k', token.Skeleton), 0.7f * weight);
        }

        foreach (var group in token.Groups)
        {
            key(Key('g', group.Id), 0.8f * weight);
        }

        if (token.Sound.Length >= GramWordMin)
        {
            var share = 0.9f * weight / (token.Sound.Length - GramLength + 1);
            for (var at = 0; at + GramLength <= token.Sound.Length; at++)
            {
                key(Key('3', token.Sound.AsSpan(at, GramLength)), share);
            }
        }
    }

    /// <summary>Keys of the whole name: written together, and its initials, which an acronym spells.</summary>
    private static void EachOfWhole(NameProfile profile, Action<ulong, float> key)
    {
        var sound = SoundKey.Of(profile.Joined);
        key(Key('w', sound.AsSpan(0, Math.Min(sound.Length, 6))), 1);
        if (profile.Reading != EntitySchema.Organization)
        {
            return;
        }

        var initials = string.Concat(profile.Tokens.Where(token => token.Kind != WordKind.Stop).Select(token => token.Text[0]));
        if (initials.Length >= 3)
        {
            key(Key('a', initials), 2);
        }

        foreach (var token in profile.Tokens)
        {
            if (token.Kind == WordKind.Name && token.Text.Length is >= 3 and <= 8)
            {
                key(Key('a', token.Text), 0.5f);
            }
        }
    }

    private static ulong Key(char kind, int number) => ((ulong)kind << 56) | (uint)number;

    private static ulong Key(char kind, ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return ((ulong)kind << 56) | (hash >> 8);
    }
}
