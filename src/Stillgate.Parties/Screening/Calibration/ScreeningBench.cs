using System.Globalization;
using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>
/// Screens a mixture of listed names with slips, listed companies with slips, and unlisted people against real lists filled up with synthetic
/// people to the wanted size.
/// </summary>
public static class ScreeningBench
{
    private static readonly string[] RealLists = ["sanctions/us-ofac-2021/sdn.csv", "sanctions/us-ofac-2025-12/cons_prim.csv", "sanctions/un-2026/UN_consolidated.xml", "sanctions/us-other/bis_denied_persons_2022.tsv"];

    private const int Seed = 20_261_124;
    private const int HitsMax = 50;
    private const int Repeats = 3;

    /// <summary>Runs once; the first fifth of the queries warms up and is not counted.</summary>
    /// <param name="data">The folder of the development data.</param>
    /// <param name="names">Names wanted in the index.</param>
    /// <param name="queries">Names to screen.</param>
    /// <param name="time">The clock.</param>
    public static BenchResult Run(string data, int names, int queries, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var real = RealLists.Select(file => ListFiles.Read(Path.Combine(data, file), name: null, retrieved: null)).ToArray();
        var synthetic = Rows(data, "name-matching/yente/negatives_global.csv").Concat(Rows(data, "name-matching/yente/negatives_us.csv")).ToArray();
        var held = synthetic.Length - (queries / 2);
        var wanted = Math.Max(0, names - real.Sum(list => list.Entries.Sum(entry => entry.Names.Count)));
        var started = time.GetTimestamp();
        var filler = Synthetic(synthetic.Take(Math.Min(wanted, held)));
        var index = ScreeningIndex.Build([.. real, filler]);
        var built = time.GetElapsedTime(started).TotalSeconds;
        var subjects = Subjects(real, synthetic[held..], queries);
        return Measure(index, subjects, built, time);
    }

    private static BenchResult Measure(ScreeningIndex index, (ScreeningSubject Subject, ListEntry? Listed)[] subjects, double built, TimeProvider time)
    {
        var times = new List<double>();
        var unlisted = (Hits: 0, All: 0);
        var own = (Found: 0, All: 0);
        var (begun, processor) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (var at = 0; at < subjects.Length; at++)
        {
            if (at == subjects.Length / 5)
            {
                (begun, processor) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
            }

            var (hits, microseconds) = Time(index, subjects[at].Subject, time);
            if (at >= subjects.Length / 5)
            {
                times.Add(microseconds);
            }

            if (subjects[at].Listed is { } party && NameMatcher.Compare(NameProfile.Read(subjects[at].Subject.Name, party.Schema), NameProfile.Read(party.Names[0].Text, party.Schema)).IsMatch)
            {
                own = (own.Found + (hits.Any(hit => ReferenceEquals(hit.Entry, party)) ? 1 : 0), own.All + 1);
            }

            if (subjects[at].Listed is null)
            {
                unlisted = (unlisted.Hits + (hits.Any(hit => hit.Entry.Source != "synthetic") ? 1 : 0), unlisted.All + 1);
            }
        }

        var seconds = time.GetElapsedTime(begun).TotalSeconds;
        var processorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        times.Sort();
        return new BenchResult(
            index.NameCount, times.Count, built, Repeats * times.Count / seconds, Repeats * times.Count / processorSeconds, times[times.Count / 2], times[(int)(times.Count * 0.99)], times[^1],
            own.Found / (double)Math.Max(1, own.All), unlisted.Hits / (double)Math.Max(1, unlisted.All));
    }

    /// <summary>The quickest of three: what the other two took longer, other work on the machine took.</summary>
    private static (IReadOnlyList<ScreeningHit> Hits, double Microseconds) Time(ScreeningIndex index, ScreeningSubject subject, TimeProvider time)
    {
        IReadOnlyList<ScreeningHit> hits = [];
        var best = double.MaxValue;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var started = time.GetTimestamp();
            hits = index.Screen(subject, HitsMax);
            best = Math.Min(best, time.GetElapsedTime(started).TotalMicroseconds);
        }

        return (hits, best);
    }

    private static (ScreeningSubject Subject, ListEntry? Listed)[] Subjects(ScreeningList[] real, string[] unlisted, int queries)
    {
        var random = new Random(Seed);
        var listed = real.SelectMany(list => list.Entries).Where(entry => entry.Schema is EntitySchema.Person or EntitySchema.Organization).ToArray();
        var subjects = new (ScreeningSubject Subject, ListEntry? Listed)[queries];
        for (var at = 0; at < queries; at++)
        {
            var entry = listed[random.Next(listed.Length)];
            var words = entry.Names[0].Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            subjects[at] = at % 2 == 0
                ? (new ScreeningSubject("listed", PersonDeviations.Each(random, words, Typing.Slip, 1) ?? entry.Names[0].Text, entry.Schema, [], []), entry)
                : (new ScreeningSubject("unlisted", unlisted[at / 2], EntitySchema.Person, [], []), null);
        }

        return subjects;
    }

    private static ScreeningList Synthetic(IEnumerable<string> people)
    {
        var entries = people.Select((name, at) => new ListEntry { Id = "s" + at.ToString(CultureInfo.InvariantCulture), Source = "synthetic", Schema = EntitySchema.Person, Names = [new ListName(name, "primary")] }).ToArray();
        return new ScreeningList(new ListVersion("synthetic", "", DateTimeOffset.UnixEpoch, entries.Length), "plain", entries, []);
    }

    private static IEnumerable<string> Rows(string data, string file)
    {
        using var reader = new StreamReader(Path.Combine(data, file));
        foreach (var row in DelimitedReader.Read(reader, ',').Skip(1))
        {
            yield return row.Fields[0];
        }
    }
}
