using System.Runtime.InteropServices;

namespace Stillgate.Parties.Screening;

/// <summary>Puts together neighbouring words that the other name writes as one: "Ros Neft", "Jong Un", "Petro China".</summary>
internal static class Compounds
{
    private const int PartsMax = 3;
    private const double AgreementMin = 0.85;

    public static void Join(List<NameToken> words, List<NameToken> others)
    {
        for (var length = PartsMax; length >= 2; length--)
        {
            for (var at = 0; at + length <= words.Count; at++)
            {
                var parts = CollectionsMarshal.AsSpan(words).Slice(at, length);
                if (!CanJoin(parts) || !HasPartner(parts, others))
                {
                    continue;
                }

                var joined = TokenFactory.Join(parts);
                words.RemoveRange(at, length);
                words.Insert(at, joined);
            }
        }
    }

    /// <summary>Takes apart a word that is made of a word of the other name and one that is listed: "Halkbank" beside "Halk Bankasi", "SyrianAir" beside "Syrian Airlines".</summary>
    public static void Split(List<NameToken> words, List<NameToken> others)
    {
        const int HeadCharsMin = 3;
        const int RestCharsMin = 3;
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (word.Kind != WordKind.Name || word.Text.Length < HeadCharsMin + RestCharsMin || others.Exists(other => other.Text == word.Text))
            {
                continue;
            }

            foreach (var head in others)
            {
                if (head.Text.Length >= HeadCharsMin && head.Kind is WordKind.Name or WordKind.Place && word.Text.Length - head.Text.Length >= RestCharsMin
                    && word.Text.StartsWith(head.Text, StringComparison.Ordinal) && Lexicon.Default.TryWord(word.Text[head.Text.Length..], out var sense)
                    && sense.Kind is WordKind.Activity or WordKind.Arm && others.Exists(other => other.Concept == sense.Concept))
                {
                    words[at] = TokenFactory.Make(head.Text, head.Text, word.Script, head.Kind, head.Concept, [], isAbbreviated: false, parts: 1);
                    words.Insert(at + 1, TokenFactory.Make(word.Text[head.Text.Length..], word.Raw, word.Script, sense.Kind, sense.Concept, [], isAbbreviated: false, parts: 1));
                    break;
                }
            }
        }
    }

    private static bool CanJoin(ReadOnlySpan<NameToken> parts)
    {
        foreach (var part in parts)
        {
            if (part.Kind is WordKind.Number or WordKind.Suffix or WordKind.Title || part.Concept < -1)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasPartner(ReadOnlySpan<NameToken> parts, List<NameToken> others)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += part.Text.Length;
        }

        NameToken? joined = null;
        foreach (var other in others)
        {
            if (other.Kind is WordKind.Number || Math.Abs(other.Text.Length - length) > 2 || length < 4 || other.Sound[0] != parts[0].Sound[0])
            {
                continue;
            }

            joined ??= TokenFactory.Join(parts);
            var together = other.Text == joined.Text ? 1 : Math.Max(WordComparer.Ratio(joined.Text, other.Text), WordComparer.Ratio(joined.Sound, other.Sound));
            if (together >= AgreementMin && !AnyAgrees(parts, other, together))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyAgrees(ReadOnlySpan<NameToken> parts, NameToken other, double together)
    {
        foreach (var part in parts)
        {
            if (WordComparer.Compare(part, other).Value >= together)
            {
                return true;
            }
        }

        return false;
    }
}
