namespace Stillgate.Parties.Screening;

/// <summary>What is measured of two people's names.</summary>
internal static class PersonFeatures
{
    public static readonly string[] Names =
    [
        "share of the name spelled differently", "other spelling of a word", "close spelling of a word", "loose spelling of a word", "doubtful spelling of a word", "two different known names",
        "given name of the other gender", "words that contradict each other", "share of words that contradict", "one word more on one side", "further words more on one side",
        "single word against a full name", "initial for a name", "initials that contradict", "short form of a name", "generation suffixes that contradict", "generation suffix on one side only",
        "particles on one side only", "different order", "different scripts", "surname's gender form", "full agreements", "difference of the whole", "consonants only", "misspelling of a known name", "written together on one side",
        "number on one side only", "different order and unlike words", "unlike words and a word more on one side", "short form and a word more on one side", "no word agrees in full", "pair of long names with few agreements",
        "only a surname agrees and initials contradict", "initials left over on both sides",
        "word spelled otherwise across scripts",
    ];

    public static Features Of(NameProfile left, NameProfile right, NameAlignment alignment)
    {
        var values = new double[Names.Length];
        var names = CountNames(alignment);
        AddPairs(values, alignment.Pairs, names.Weight);
        AddLeftOver(values, alignment, names);
        if (AreInitialsCrossed(alignment.Pairs))
        {
            values[7]++;
            values[12] = 0;
        }

        values[18] = alignment.IsReordered ? 1 : 0;
        values[19] = left.Tokens.Length > 0 && right.Tokens.Length > 0 && left.Tokens[0].Script != right.Tokens[0].Script ? 1 : 0;
        values[22] = 1 - Math.Max(0, WholeRatio(left, right));
        values[25] = alignment.IsJoined ? 1 : 0;
        var unlike = values[2] + values[3] + values[4] + values[7];
        values[27] = alignment.IsReordered && unlike + values[1] + values[14] > 0 ? 1 : 0;
        values[28] = unlike > 0 && values[9] > 0 ? 1 : 0;
        values[29] = values[14] > 0 && values[9] > 0 ? 1 : 0;
        values[30] = values[21] == 0 ? 1 : 0;
        values[31] = values[21] + values[1] < 2 && names.LeftNames + names.RightNames >= 5 ? 1 : 0;
        values[33] = alignment.LeftOver.Exists(IsInitial) && alignment.RightOver.Exists(IsInitial) ? 1 : 0;
        values[32] = values[13] > 0 && values[21] + values[1] + values[2] <= 1 ? 1 : 0;
        return new Features(Names, values);
    }

    private static (double Weight, int LeftNames, int RightNames) CountNames(NameAlignment alignment)
    {
        var pairs = alignment.Pairs.Count(pair => IsName(pair.Left) && IsName(pair.Right));
        var weight = alignment.Pairs.Sum(pair => pair.Weight) + alignment.LeftOver.Sum(token => token.Weight) + alignment.RightOver.Sum(token => token.Weight);
        return (Math.Max(weight, 0.1), pairs + alignment.LeftOver.Count(IsName), pairs + alignment.RightOver.Count(IsName));
    }

    private static void AddPairs(double[] values, List<WordPair> pairs, double weight)
    {
        foreach (var pair in pairs)
        {
            var (value, reason) = pair.Similarity;
            values[0] += (1 - value) * pair.Weight / weight;
            if (reason == SimilarityReason.Initial)
            {
                values[12] += pair.Left.Kind == pair.Right.Kind ? 0 : 1;
                continue;
            }

            if (!IsName(pair.Left) || !IsName(pair.Right))
            {
                continue;
            }

            var band = value >= 1 ? 21 : value >= 0.9 ? 1 : value >= 0.75 ? 2 : value >= 0.6 ? 3 : 4;
            values[band] += 1;
            values[5] += reason == SimilarityReason.KnownDifferent ? 1 : 0;
            values[6] += reason == SimilarityReason.GenderFlip ? 1 : 0;
            values[14] += reason == SimilarityReason.ShortForm ? 1 : 0;
            values[20] += reason == SimilarityReason.GenderForm ? 1 : 0;
            values[23] += reason == SimilarityReason.Consonants ? 1 : 0;
            values[34] += IsOtherAcrossScripts(pair) ? 1 : 0;
            values[24] += reason == SimilarityReason.Spelling && (pair.Left.Groups.Length == 0) != (pair.Right.Groups.Length == 0) ? 1 : 0;
        }

        values[21] = Math.Min(values[21], 3);
    }

    /// <summary>"Timothy J. Walz" and "Timothy V. Johnson": each side's initial would have to stand for the other's family name.</summary>
    private static bool AreInitialsCrossed(List<WordPair> pairs) =>
        pairs.Exists(pair => IsInitial(pair.Left) && IsName(pair.Right)) && pairs.Exists(pair => IsName(pair.Left) && IsInitial(pair.Right));

    /// <summary>
    /// Scripts that carry vowels are rendered by rules, and whoever renders a name makes few slips: where the sounds differ too, it is mostly another name.
    /// </summary>
    internal static bool IsOtherAcrossScripts(WordPair pair) =>
        pair.Left.Script != pair.Right.Script && pair.Similarity.Value < 0.9 && IsRendered(pair.Left.Script) && IsRendered(pair.Right.Script);

    private static bool IsRendered(Script script) => script is Script.Latin or Script.Cyrillic or Script.Greek;

    private static void AddLeftOver(double[] values, NameAlignment alignment, (double Weight, int LeftNames, int RightNames) names)
    {
        var leftNames = CountNames(alignment.LeftOver, alignment.RightOver);
        var rightNames = CountNames(alignment.RightOver, alignment.LeftOver);
        var contradict = Math.Min(leftNames, rightNames);
        var more = Math.Abs(leftNames - rightNames);
        values[7] = contradict;
        values[8] = contradict / (double)Math.Max(1, Math.Min(names.LeftNames, names.RightNames));
        values[9] = more > 0 ? 1 : 0;
        values[10] = Math.Min(3, Math.Max(0, more - 1));
        values[11] = Math.Min(names.LeftNames, names.RightNames) <= 1 && Math.Max(names.LeftNames, names.RightNames) >= 2 ? 1 : 0;
        var leftInitials = alignment.LeftOver.Count(IsInitial);
        var rightInitials = alignment.RightOver.Count(IsInitial);
        values[13] = Math.Min(leftInitials, rightInitials) + Math.Min(Math.Max(0, leftInitials - rightInitials), rightNames) + Math.Min(Math.Max(0, rightInitials - leftInitials), leftNames);
        var leftSuffix = alignment.LeftOver.Exists(IsSuffix);
        var rightSuffix = alignment.RightOver.Exists(IsSuffix);
        values[15] = leftSuffix && rightSuffix ? 1 : 0;
        values[16] = leftSuffix != rightSuffix ? 1 : 0;
        values[17] = Math.Min(3, alignment.LeftOver.Count(IsParticle) + alignment.RightOver.Count(IsParticle));
        values[26] = alignment.LeftOver.Exists(IsNumber) || alignment.RightOver.Exists(IsNumber) ? 1 : 0;
    }

    /// <summary>Names that are left over; "Sultan" and the like are titles, but names where the other side has a name to set against them.</summary>
    private static int CountNames(List<NameToken> own, List<NameToken> others)
    {
        var names = own.Count(IsName);
        return names == 0 && others.Exists(IsName) && own.Exists(token => token.Kind == WordKind.Title && Lexicon.IsTitleAndName(token.Text)) ? 1 : names;
    }

    private static double WholeRatio(NameProfile left, NameProfile right)
    {
        var longer = Math.Max(left.SortedKey.Length, right.SortedKey.Length);
        return longer == 0 ? 1 : 1 - (EditDistance.Of(left.SortedKey, right.SortedKey) / Math.Min(longer, EditDistance.WordCharsMax));
    }

    private static bool IsName(NameToken token) => token.Kind == WordKind.Name;

    private static bool IsInitial(NameToken token) => token.Kind == WordKind.Initial;

    private static bool IsSuffix(NameToken token) => token.Kind == WordKind.Suffix;

    private static bool IsParticle(NameToken token) => token.Kind == WordKind.Particle;

    private static bool IsNumber(NameToken token) => token.Kind == WordKind.Number;
}
