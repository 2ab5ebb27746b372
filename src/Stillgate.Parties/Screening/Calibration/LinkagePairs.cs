using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Pairs from the sets that come with labels of their own.</summary>
internal static class LinkagePairs
{
    private const double ClericalMatch = 0.99;
    private const double ClericalDifferent = 0.01;

    /// <summary>Clerically labelled pairs of synthetic people.</summary>
    public static IEnumerable<PairSample> Fake1000(string data)
    {
        var names = Rows(data, "account-linking/fake_1000.csv").Skip(1).ToDictionary(row => row[0], row => $"{row[1]} {row[2]}".Trim(), StringComparer.Ordinal);
        foreach (var row in Rows(data, "account-linking/fake_1000_labels.csv").Skip(1))
        {
            var (left, right) = (names[row[0]], names[row[2]]);
            var score = double.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture);
            if (left.Contains(' ', StringComparison.Ordinal) && right.Contains(' ', StringComparison.Ordinal) && left != right && score is >= ClericalMatch or <= ClericalDifferent
                && (score < ClericalDifferent || AliasFilter.IsDerived(left, right, EntitySchema.Person)))
            {
                yield return new PairSample(left, right, EntitySchema.Person, score >= ClericalMatch, "fake_1000", "clerical", row[0]);
            }
        }
    }

    /// <summary>The first column of a file with a header.</summary>
    public static string[] Names(string data, string file) => [.. Rows(data, file).Skip(1).Select(row => row[0])];

    /// <summary>UN names clean against the same names with typos, and against the next row's.</summary>
    public static IEnumerable<PairSample> Fixtures(string data)
    {
        var clean = Rows(data, "name-matching/yente/positives_un_untreated.csv").Skip(1).Select(row => row[0]).ToArray();
        var treated = Rows(data, "name-matching/yente/positives_un_treated.csv").Skip(1).Select(row => row[0]).ToArray();
        for (var at = 0; at < Math.Min(clean.Length, treated.Length); at++)
        {
            if (clean[at] != treated[at])
            {
                yield return new PairSample(clean[at], treated[at], EntitySchema.Person, true, "UN with typos", "fixture", clean[at]);
            }
        }
    }

    /// <summary>Known names in their own script and in Latin; each name against the next one is a negative.</summary>
    public static IEnumerable<PairSample> CrossScript(string data)
    {
        var pairs = File.ReadLines(Path.Combine(data, "name-matching/watchman_cross_script_pairs.csv")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')).ToArray();
        for (var at = 0; at < pairs.Length; at++)
        {
            yield return new PairSample(pairs[at][0], pairs[at][1], EntitySchema.Person, true, "cross-script", "cross-script", pairs[at][1]);
            var next = pairs[(at + 1) % pairs.Length];
            if (next[1] != pairs[at][1])
            {
                yield return new PairSample(pairs[at][0], next[1], EntitySchema.Person, false, "cross-script", "cross-script, another's name", pairs[at][1]);
            }
        }
    }

    /// <summary>FEBRL 4: original records against their corrupted duplicates, and against the nearest other record of the same surname.</summary>
    public static IEnumerable<PairSample> Febrl(string data)
    {
        var originals = Febrl(data, "account-linking/febrl/dataset4a.csv");
        var duplicates = Febrl(data, "account-linking/febrl/dataset4b.csv");
        foreach (var (id, name) in originals.OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(1500))
        {
            if (duplicates.TryGetValue(id, out var other) && other != name && AliasFilter.IsDerived(name, other, EntitySchema.Person))
            {
                yield return new PairSample(name, other, EntitySchema.Person, true, "FEBRL 4", HasReplacedName(name, other) ? "corrupted, a name replaced" : "corrupted", id);
            }
        }

        var entries = originals.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new ListEntry { Id = pair.Key, Source = "FEBRL 4", Schema = EntitySchema.Person, Names = [new ListName(pair.Value, "primary")] }).ToArray();
        foreach (var mined in MinedPairs.Make("FEBRL 4", entries, EntitySchema.Person, 800, new Random(4)))
        {
            yield return mined;
        }
    }

    /// <summary>
    /// Whether a name of the record was replaced by one that is nothing like it. The record's address and date of birth still say that it is one person; the name says another, so that
    /// no comparison of names should find it. The rule uses no fitted weight.
    /// </summary>
    private static bool HasReplacedName(string name, string other)
    {
        const double LikeMin = 0.4;
        static double Likeness(string one, string two) => 1 - (EditDistance.Of(one, two) / Math.Max(one.Length, two.Length));
        var (words, others) = (name.Split(' '), other.Split(' '));
        return Array.Exists(words, word => others.Max(two => Likeness(word, two)) < LikeMin) || Array.Exists(others, word => words.Max(one => Likeness(word, one)) < LikeMin);
    }

    private static Dictionary<string, string> Febrl(string data, string file) =>
        Rows(data, file).Skip(1)
            .Select(row => (Id: row[0].Split('-')[1], Name: $"{row[1].Trim()} {row[2].Trim()}".Trim()))
            .Where(row => row.Name.Contains(' ', StringComparison.Ordinal))
            .DistinctBy(row => row.Id)
            .ToDictionary(row => row.Id, row => row.Name, StringComparer.Ordinal);

    private static IEnumerable<string[]> Rows(string data, string file)
    {
        using var reader = new StreamReader(Path.Combine(data, file));
        foreach (var row in DelimitedReader.Read(reader, ','))
        {
            yield return row.Fields;
        }
    }
}
