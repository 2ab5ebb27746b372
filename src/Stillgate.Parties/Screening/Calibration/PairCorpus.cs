using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>
/// The pairs for tuning and the pairs for reporting, from different sources. A party of a reporting list whose name also stands in a tuning
/// list is left out of the report.
/// </summary>
internal static class PairCorpus
{
    private const int TuningSeed = 20_210_701;
    private const int ReportSeed = 20_260_227;

    /// <summary>Tuning: OFAC SDN of July 2021, and the two synthetic record-linkage sets that are not reported on.</summary>
    public static List<PairSample> Tuning(string data)
    {
        var list = Read(data, "sanctions/us-ofac-2021/sdn.csv");
        var samples = new PairSource("OFAC SDN 2021", list.Entries, TuningSeed).Make(aliasesMax: 3000, minedMax: 3000);
        samples.AddRange(LinkagePairs.Fake1000(data));
        samples.AddRange(Neighbours(data, "OFAC SDN 2021", list.Entries, "name-matching/yente/negatives_us.csv", 2500));
        return samples;
    }

    /// <summary>Reporting: UN 2026, OFAC consolidated 2025, BIS Denied Persons 2022, the screening fixtures and cross-script pairs.</summary>
    public static List<PairSample> Report(string data)
    {
        var tuned = Read(data, "sanctions/us-ofac-2021/sdn.csv").Entries.SelectMany(entry => entry.Names.Select(name => Key(name.Text, entry.Schema))).ToHashSet(StringComparer.Ordinal);
        var samples = new List<PairSample>();
        foreach (var (name, file) in new[] { ("UN 2026", "sanctions/un-2026/UN_consolidated.xml"), ("OFAC consolidated 2025", "sanctions/us-ofac-2025-12/cons_prim.csv"), ("BIS Denied Persons 2022", "sanctions/us-other/bis_denied_persons_2022.tsv") })
        {
            var entries = Read(data, file).Entries
                .Select(entry => entry.Schema == EntitySchema.Unknown ? entry with { Schema = SchemaGuess.LooksPersonal(entry.Names[0].Text) ? EntitySchema.Person : EntitySchema.Organization } : entry)
                .Where(entry => !entry.Names.Any(listed => tuned.Contains(Key(listed.Text, entry.Schema))));
            var kept = entries.ToArray();
            samples.AddRange(new PairSource(name, kept, ReportSeed).Make(aliasesMax: 1500, minedMax: 700));
            samples.AddRange(Neighbours(data, name, kept, "name-matching/yente/negatives_global.csv", 500));
        }

        samples.AddRange(LinkagePairs.Fixtures(data).Where(sample => !tuned.Contains(Key(sample.Left, sample.Schema))));
        samples.AddRange(LinkagePairs.CrossScript(data));
        samples.AddRange(LinkagePairs.Febrl(data));
        return samples;
    }

    /// <summary>Listed people against the nearest synthetic people, and listed organisations against the nearest other ones of the list.</summary>
    private static IEnumerable<PairSample> Neighbours(string data, string source, IReadOnlyList<ListEntry> entries, string synthetic, int max)
    {
        var random = new Random(ReportSeed);
        var people = entries.Where(entry => entry.Schema == EntitySchema.Person).ToArray();
        var organizations = entries.Where(entry => entry.Schema == EntitySchema.Organization).ToArray();
        return NeighbourPairs.Make(source, people, LinkagePairs.Names(data, synthetic), EntitySchema.Person, max, random)
            .Concat(NeighbourPairs.Make(source, organizations, [.. organizations.Where((_, at) => at % 2 == 0).Select(entry => entry.Names[0].Text)], EntitySchema.Organization, max, random));
    }

    private static ScreeningList Read(string data, string file) => ListFiles.Read(Path.Combine(data, file), name: null, retrieved: null);

    private static string Key(string name, EntitySchema schema) => NameProfile.Read(name, schema).SortedKey;
}
