namespace Stillgate.Parties.Screening;

/// <summary>Aligns the words of two names: compounds put together first, then the best assignment, then an acronym for what is left.</summary>
internal static class NameAligner
{
    /// <summary>Below this two words are not held to be the same word badly written, but two words.</summary>
    public const double PairedMin = 0.3;

    public static NameAlignment Align(NameProfile left, NameProfile right)
    {
        var lefts = left.Tokens.Where(token => token.Kind != WordKind.Stop).ToList();
        var rights = right.Tokens.Where(token => token.Kind != WordKind.Stop).ToList();
        var before = lefts.Count + rights.Count;
        Compounds.Join(lefts, rights);
        Compounds.Join(rights, lefts);
        var joined = lefts.Count + rights.Count != before;
        var pairs = Pair(lefts, rights, out var reordered);
        var acronym = Acronyms.Take(left, right, lefts, rights);
        return new NameAlignment
        {
            Pairs = pairs,
            LeftOver = lefts,
            RightOver = rights,
            Acronym = acronym,
            IsJoined = joined,
            IsReordered = reordered,
        };
    }

    /// <summary>Assigns, and leaves in the two lists what found no partner.</summary>
    private static List<WordPair> Pair(List<NameToken> lefts, List<NameToken> rights, out bool reordered)
    {
        var similarities = new WordSimilarity[lefts.Count * rights.Count];
        var gains = new double[similarities.Length];
        for (var i = 0; i < lefts.Count; i++)
        {
            for (var j = 0; j < rights.Count; j++)
            {
                var similarity = WordComparer.Compare(lefts[i], rights[j]);
                similarities[(i * rights.Count) + j] = similarity;

                // The small term keeps the written order where words repeat.
                var order = 0.001 * Math.Abs(((i + 1.0) / lefts.Count) - ((j + 1.0) / rights.Count));
                gains[(i * rights.Count) + j] = similarity.Value >= PairedMin ? (similarity.Value * similarity.Value * (0.1 + Math.Min(lefts[i].Weight, rights[j].Weight))) - order : 0;
            }
        }

        var columns = lefts.Count == 0 || rights.Count == 0 ? [] : Assignment.Solve(gains, lefts.Count, rights.Count);
        var pairs = new List<WordPair>(columns.Length);
        reordered = false;
        var highest = -1;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] >= 0)
            {
                pairs.Add(new WordPair(lefts[i], rights[columns[i]], similarities[(i * rights.Count) + columns[i]]));
                reordered |= columns[i] < highest;
                highest = Math.Max(highest, columns[i]);
            }
        }

        var leftsPaired = pairs.Select(pair => pair.Left).ToHashSet(ReferenceEqualityComparer.Instance);
        var rightsPaired = pairs.Select(pair => pair.Right).ToHashSet(ReferenceEqualityComparer.Instance);
        lefts.RemoveAll(leftsPaired.Contains);
        rights.RemoveAll(rightsPaired.Contains);
        return pairs;
    }
}
