using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Makes labelled pairs out of one list: alias pairs, deviations of names, and the nearest names of different parties.</summary>
internal sealed class PairSource
{
    private const int PerDeviation = 260;
    private const int DeviationTries = 12;

    private readonly string _name;
    private readonly List<ListEntry> _entries;
    private readonly DeviationPool _pool;
    private readonly Random _random;

    public PairSource(string name, IEnumerable<ListEntry> entries, int seed)
    {
        _name = name;
        _entries = [.. entries];
        _random = new Random(seed);
        _pool = new DeviationPool(
            _entries.Where(entry => entry.Schema == EntitySchema.Person).Select(entry => entry.Names[0].Text),
            _entries.Where(entry => entry.Schema != EntitySchema.Person).Select(entry => entry.Names[0].Text));
    }

    public List<PairSample> Make(int aliasesMax, int minedMax)
    {
        var samples = new List<PairSample>();
        foreach (var schema in new[] { EntitySchema.Person, EntitySchema.Organization })
        {
            var entries = _entries.Where(entry => entry.Schema == schema).ToArray();
            if (entries.Length < 20)
            {
                continue;
            }

            samples.AddRange(Aliases(entries, aliasesMax));
            samples.AddRange(Deviations(entries, schema));
            samples.AddRange(MinedPairs.Make(_name, entries, schema, minedMax, _random));
        }

        return samples;
    }

    private IEnumerable<PairSample> Aliases(ListEntry[] entries, int max)
    {
        var pairs = entries
            .SelectMany(entry => entry.Names.Skip(1).Select(alias => (Entry: entry, Alias: alias)))
            .Where(pair => pair.Alias.Kind is not ("weak" or "low" or "f.k.a." or "fka") && AliasFilter.IsDerived(pair.Entry.Names[0].Text, pair.Alias.Text, pair.Entry.Schema))
            .ToArray();
        _random.Shuffle(pairs);
        return pairs.Take(max).Select(pair => new PairSample(pair.Entry.Names[0].Text, pair.Alias.Text, pair.Entry.Schema, true, _name, "alias", pair.Entry.Id));
    }

    private IEnumerable<PairSample> Deviations(ListEntry[] entries, EntitySchema schema)
    {
        foreach (var deviation in schema == EntitySchema.Person ? PersonDeviations.All : OrganizationDeviations.All)
        {
            var made = 0;
            for (var attempt = 0; attempt < PerDeviation * DeviationTries && made < Math.Min(PerDeviation, entries.Length); attempt++)
            {
                var entry = entries[_random.Next(entries.Length)];
                var name = entry.Names[0].Text;
                var words = name.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
                if (words.Length == 0 || deviation.Apply(_random, words, _pool) is not { Length: > 0 } other || string.Equals(other, name, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                made++;
                yield return _random.Next(2) == 0
                    ? new PairSample(name, other, schema, deviation.KeepsIdentity, _name, deviation.Kind, entry.Id)
                    : new PairSample(other, name, schema, deviation.KeepsIdentity, _name, deviation.Kind, entry.Id);
            }
        }
    }
}
