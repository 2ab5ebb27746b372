namespace Stillgate.Parties.Screening;

/// <summary>What is measured of two organisations' names.</summary>
internal static class OrganizationFeatures
{
    public static readonly string[] Names =
    [
        "share of the name spelled differently", "other spelling of a word", "close spelling of a word", "loose spelling of a word", "doubtful spelling of a word",
        "distinctive words that contradict", "share of distinctive words that contradict", "distinctive word on one side only", "further distinctive words on one side only", "no distinctive word agrees",
        "activities that contradict", "activity on one side only", "places that contradict", "place on one side only", "numbers that contradict", "number on one side only",
        "part of a body on one side only", "descriptors that contradict", "descriptor on one side only", "different sorts of words against each other", "related words", "legal forms differ",
        "legal form on one side only", "acronym", "different order", "written together on one side", "different scripts", "no distinctive word in either name", "difference of the whole", "everything agrees",
        "abbreviated word", "only one word of content and more on the other side", "agreement rests on one misspelled word", "translated word", "full agreements of distinctive words",
        "line of business on one side only", "activity on one side only and none in common", "generic name with a word more on one side",
        "home place on one side only", "further activities on one side only", "word in capitals on one side only",
        "word spelled otherwise across scripts", "nothing agrees",
    ];

    private const double GenericSlipMin = 0.68;

    // Five letters spell another body's name by chance so seldom that they count twice.
    private const int LongAcronymChars = 5;

    // "X of Country" and "City X" say where X is at home; "X Country" and "X City" are mostly the arm of X there. Listed aliases are told apart by it.
    private static readonly string[] Genitives = ["of", "de", "du", "del", "della", "di", "do", "da", "von", "der"];

    private static readonly HashSet<int> Directions =
        [.. new[] { "north", "south", "east", "west", "northern", "southern", "eastern", "western", "middle", "central", "northwest", "northeast", "southwest", "southeast", "far east" }
            .Select(word => Lexicon.Default.TryWord(word, out var sense) ? sense.Concept : -1).Where(concept => concept >= 0)];

    // Descriptors that say no more than that it is a body; the others ("technical", "national") tell bodies apart where nothing else does.
    private static readonly HashSet<int> Bodies =
        [.. new[] { "company", "group", "holding", "corporation", "organization", "headquarters" }.Select(word => Lexicon.Default.TryWord(word, out var sense) ? sense.Concept : -1).Where(concept => concept >= 0)];

    private static readonly WordKind[] Content = [WordKind.Name, WordKind.Activity, WordKind.Arm, WordKind.Place, WordKind.Body, WordKind.Number];

    public static Features Of(NameProfile left, NameProfile right, NameAlignment alignment)
    {
        var values = new double[Names.Length];
        AddPairs(values, alignment);
        AddNames(values, alignment);
        AddGeneric(values, alignment);
        AddHomes(values, left, right, alignment);
        AddForms(values, left, right);
        values[23] = alignment.Acronym is null ? 0 : alignment.Acronym.Length >= LongAcronymChars ? 2 : 1;
        values[24] = alignment.IsReordered ? 1 : 0;
        values[25] = alignment.IsJoined ? 1 : 0;
        values[26] = left.Tokens.Length > 0 && right.Tokens.Length > 0 && left.Tokens[0].Script != right.Tokens[0].Script ? 1 : 0;
        values[28] = WholeDifference(left, right);
        return new Features(Names, values);
    }

    private static void AddPairs(double[] values, NameAlignment alignment)
    {
        var weight = 0.0;
        foreach (var pair in alignment.Pairs)
        {
            var (value, reason) = pair.Similarity;
            values[20] += reason == SimilarityReason.RelatedWord ? 1 : 0;
            values[33] += reason == SimilarityReason.Translation ? 1 : 0;
            values[30] += reason == SimilarityReason.Abbreviation ? 1 : 0;
            weight += pair.Weight;
            values[0] += (1 - value) * pair.Weight;
            if (IsDistinctive(pair))
            {
                values[41] = Math.Min(2, values[41] + (PersonFeatures.IsOtherAcrossScripts(pair) ? 1 : 0));
                var band = value >= 1 ? 34 : value >= 0.9 ? 1 : value >= 0.75 ? 2 : value >= 0.6 ? 3 : 4;
                values[band] = Math.Min(3, values[band] + 1);
            }
        }

        values[0] /= Math.Max(weight, 0.1);
    }

    private static void AddNames(double[] values, NameAlignment alignment)
    {
        var left = Count(alignment.LeftOver, WordKind.Name);
        var right = Count(alignment.RightOver, WordKind.Name);
        var paired = alignment.Pairs.Count(IsDistinctive);
        var agreed = alignment.Pairs.Count(pair => IsDistinctive(pair) && pair.Similarity.Value >= 0.6);
        var contradict = Math.Min(left, right);
        var more = Math.Abs(left - right);

        // Beside a name that agrees in two words or more, a word in capitals is mostly the same body's acronym.
        var over = left > right ? alignment.LeftOver : alignment.RightOver;
        if (contradict == 0 && more > 0 && alignment.Pairs.Count(pair => Content.Contains(pair.Left.Kind) && pair.Similarity.Value >= 0.75) >= 2 && over.Exists(token => token.IsCapitals))
        {
            more--;
            values[40] = 1;
        }

        values[5] = Math.Min(2, contradict);
        values[6] = contradict / (double)Math.Max(1, paired + contradict);
        values[7] = more > 0 ? 1 : 0;
        values[8] = Math.Min(3, Math.Max(0, more - 1));
        values[9] = agreed == 0 && alignment.Acronym is null && paired + left + right > 0 ? 1 : 0;
        values[27] = paired + left + right == 0 ? 1 : 0;
        values[32] = paired == 1 && alignment.Pairs.First(IsDistinctive).Similarity.Value < 0.9 ? 1 : 0;
        // Where no word is distinctive, "technical" or "national" is what tells one body from another.
        var nothingLeft = !alignment.LeftOver.Concat(alignment.RightOver).Any(token => Content.Contains(token.Kind) || (values[27] > 0 && IsTelling(token)));
        // Nor do "Smith Brothers" and "Smith Sons" agree in everything.
        nothingLeft &= !(alignment.LeftOver.Exists(IsTelling) && alignment.RightOver.Exists(IsTelling));
        values[42] = alignment.Acronym is null && !alignment.Pairs.Exists(pair => pair.Similarity.Value >= 0.6) ? 1 : 0;
        values[29] = nothingLeft && alignment.Acronym is null && alignment.Pairs.TrueForAll(pair => pair.Similarity.Value >= 0.95) ? 1 : 0;
    }

    private static void AddGeneric(double[] values, NameAlignment alignment)
    {
        var sameKind = 0;
        foreach (var (kind, contradicts, extra) in new[] { (WordKind.Activity, 10, 11), (WordKind.Place, 12, 13), (WordKind.Number, 14, 15), (WordKind.Body, 16, 16), (WordKind.Descriptor, 17, 18) })
        {
            var left = Count(alignment.LeftOver, kind);
            var right = Count(alignment.RightOver, kind);
            values[contradicts] += Math.Min(2, Math.Min(left, right));
            values[extra] += Math.Min(2, Math.Abs(left - right));
            sameKind += kind == WordKind.Descriptor ? 0 : Math.Min(left, right);
        }

        // One activity more is mostly the long form of a name ("VTB Bank"), two are mostly another body.
        values[39] = Math.Max(0, values[11] - 1);
        values[11] = Math.Min(1, values[11]);
        sameKind += Math.Min(Count(alignment.LeftOver, WordKind.Name), Count(alignment.RightOver, WordKind.Name));
        var leftContent = alignment.LeftOver.Count(token => Content.Contains(token.Kind));
        var rightContent = alignment.RightOver.Count(token => Content.Contains(token.Kind));
        values[19] = Math.Min(2, Math.Min(leftContent, rightContent) - sameKind);
        var arms = Math.Abs(Count(alignment.LeftOver, WordKind.Arm) - Count(alignment.RightOver, WordKind.Arm));
        values[35] = Math.Min(2, arms);
        values[36] = values[11] > 0 && !alignment.Pairs.Exists(pair => pair.Left.Kind is WordKind.Activity or WordKind.Arm) ? 1 : 0;
        var fields = values[27] > 0 ? alignment.LeftOver.Concat(alignment.RightOver).Count(IsTelling) : 0;
        values[37] = values[27] > 0 && leftContent + rightContent + fields > 0 ? 1 : 0;
        var paired = alignment.Pairs.Count(pair => Content.Contains(pair.Left.Kind));
        values[31] = paired + Math.Min(leftContent, rightContent) <= 1 && Math.Max(leftContent, rightContent) > Math.Min(leftContent, rightContent) ? 1 : 0;
    }

    /// <summary>A place that only one side has, and that says where a body of the same distinctive name is at home, is counted apart from other places.</summary>
    private static void AddHomes(double[] values, NameProfile left, NameProfile right, NameAlignment alignment)
    {
        if (values[12] > 0 || values[13] == 0 || values[9] > 0 || values[27] > 0)
        {
            return;
        }

        var homes = Math.Min(2, alignment.LeftOver.Count(token => IsHome(left, token)) + alignment.RightOver.Count(token => IsHome(right, token)));
        values[13] = Math.Max(0, values[13] - homes);
        values[38] = homes;
    }

    private static bool IsTelling(NameToken token) => token.Kind == WordKind.Descriptor && !Bodies.Contains(token.Concept);

    private static bool IsHome(NameProfile profile, NameToken token)
    {
        if (token.Kind != WordKind.Place || Directions.Contains(token.Concept))
        {
            return false;
        }

        var at = Array.IndexOf(profile.Tokens, token);
        if (at <= 0)
        {
            return at == 0 && profile.Tokens.Length > 1;
        }

        // "of Cuba" and "of the Russian Federation".
        var before = profile.Tokens[..at].Reverse().TakeWhile(word => word.Kind == WordKind.Stop).Select(word => word.Text);
        return before.Any(word => Genitives.Contains(word));
    }

    private static void AddForms(double[] values, NameProfile left, NameProfile right)
    {
        var one = left.LegalForms & ~LegalForms.Generic;
        var other = right.LegalForms & ~LegalForms.Generic;
        values[21] = one != LegalForms.None && other != LegalForms.None && (one & other) == LegalForms.None ? 1 : 0;
        values[22] = (one == LegalForms.None) != (other == LegalForms.None) ? 1 : 0;
    }

    /// <summary>How different the two are as letters, places and descriptors aside: those have features of their own.</summary>
    private static double WholeDifference(NameProfile left, NameProfile right)
    {
        var (one, other) = (Telling(left), Telling(right));
        var longer = Math.Max(one.Length, other.Length);
        return longer == 0 ? 0 : EditDistance.Of(one, other) / Math.Min(longer, EditDistance.WordCharsMax);
    }

    private static string Telling(NameProfile profile)
    {
        var telling = string.Concat(profile.Tokens.Where(token => token.Kind is not (WordKind.Stop or WordKind.Descriptor or WordKind.Place)).Select(token => token.Text));
        return telling.Length == 0 ? profile.Joined : telling;
    }

    /// <summary>A misspelled generic word paired with the right one is generic too.</summary>
    private static bool IsDistinctive(WordPair pair) =>
        (pair.Left.Kind == WordKind.Name && pair.Right.Kind == WordKind.Name) || (pair.Left.Kind == WordKind.Name != (pair.Right.Kind == WordKind.Name) && pair.Similarity.Value < GenericSlipMin);

    private static int Count(List<NameToken> tokens, WordKind kind) => tokens.Count(token => token.Kind == kind || (kind == WordKind.Activity && token.Kind == WordKind.Arm));
}
