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
        var acronym = Acronyms.TakeWhole(left, right, lefts, rights);
        var before = lefts.Count + rights.Count;
        Compounds.Join(lefts, rights);
        Compounds.Join(rights, lefts);
        if (left.Reading == EntitySchema.Organization)
        {
            Compounds.Split(lefts, rights);
            Compounds.Split(rights, lefts);
        }

        var joined = lefts.Count + rights.Count != before;
        var pairs = Pair(lefts, rights, out var reordered);
        acronym ??= Acronyms.TakeLeftOver(left, right, lefts, rights);
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

    /// <summary>Assigns, and leaves in the two lists what found no partner. Equal words are put together first: long names share most of theirs.</summary>
    private static List<WordPair> Pair(List<NameToken> lefts, List<NameToken> rights, out bool reordered)
    {
        var rightOf = new int[lefts.Count];
        Array.Fill(rightOf, -1);
        var taken = new bool[rights.Count];
        for (var i = 0; i < lefts.Count; i++)
        {
            for (var j = 0; j < rights.Count; j++)
            {
                if (!taken[j] && lefts[i].Kind == rights[j].Kind && lefts[i].Text == rights[j].Text)
                {
                    rightOf[i] = j;
                    taken[j] = true;
                    break;
                }
            }
        }

        var similarities = AssignUnequal(lefts, rights, rightOf, taken);
        return Collect(lefts, rights, rightOf, similarities, out reordered);
    }

    private static WordSimilarity[] AssignUnequal(List<NameToken> lefts, List<NameToken> rights, int[] rightOf, bool[] taken)
    {
        var similarities = new WordSimilarity[lefts.Count];
        var openLefts = Open(lefts.Count, at => rightOf[at] < 0);
        var openRights = Open(rights.Count, at => !taken[at]);
        if (openLefts.Length == 0 || openRights.Length == 0)
        {
            return similarities;
        }

        var found = new WordSimilarity[openLefts.Length * openRights.Length];
        var gains = new double[found.Length];
        for (var i = 0; i < openLefts.Length; i++)
        {
            for (var j = 0; j < openRights.Length; j++)
            {
                var (left, right) = (lefts[openLefts[i]], rights[openRights[j]]);
                var similarity = WordComparer.Compare(left, right);
                found[(i * openRights.Length) + j] = similarity;

                // The small term keeps the written order where words repeat.
                var order = 0.001 * Math.Abs(((openLefts[i] + 1.0) / lefts.Count) - ((openRights[j] + 1.0) / rights.Count));
                gains[(i * openRights.Length) + j] = similarity.Value >= PairedMin ? (similarity.Value * similarity.Value * (0.1 + Math.Min(left.Weight, right.Weight))) - order : 0;
            }
        }

        var columns = Assignment.Solve(gains, openLefts.Length, openRights.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] >= 0)
            {
                rightOf[openLefts[i]] = openRights[columns[i]];
                similarities[openLefts[i]] = found[(i * openRights.Length) + columns[i]];
            }
        }

        return similarities;
    }

    private static int[] Open(int count, Func<int, bool> isOpen) => [.. Enumerable.Range(0, count).Where(isOpen)];

    private static List<WordPair> Collect(List<NameToken> lefts, List<NameToken> rights, int[] rightOf, WordSimilarity[] similarities, out bool reordered)
    {
        var pairs = new List<WordPair>(lefts.Count);
        reordered = false;
        var highest = -1;
        for (var i = 0; i < rightOf.Length; i++)
        {
            if (rightOf[i] >= 0)
            {
                var similarity = similarities[i].Value > 0 ? similarities[i] : new WordSimilarity(1, SimilarityReason.Same);
                pairs.Add(new WordPair(lefts[i], rights[rightOf[i]], similarity));
                reordered |= rightOf[i] < highest;
                highest = Math.Max(highest, rightOf[i]);
            }
        }

        lefts.RemoveAll(token => pairs.Exists(pair => ReferenceEquals(pair.Left, token)));
        rights.RemoveAll(token => pairs.Exists(pair => ReferenceEquals(pair.Right, token)));
        return pairs;
    }
}
