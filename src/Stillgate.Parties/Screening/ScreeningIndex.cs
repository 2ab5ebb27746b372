using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening;

/// <summary>
/// Finds listed parties for a name: an inverted index over sound, consonant and letter-gram keys proposes candidates, the matcher judges the
/// best of them. Immutable; safe for any number of readers. For onboarding and list changes, never for the live path.
/// </summary>
public sealed class ScreeningIndex
{
    private readonly IndexedName[] _names;
    private readonly CandidateIndex _people;
    private readonly CandidateIndex _organizations;

    private ScreeningIndex(IndexedName[] names, CandidateIndex people, CandidateIndex organizations)
    {
        _names = names;
        _people = people;
        _organizations = organizations;
    }

    /// <summary>Names in the index; a listed party of unknown sort is held both as a person and as an organisation.</summary>
    public int NameCount => _names.Length;

    /// <summary>Builds the index over lists.</summary>
    public static ScreeningIndex Build(IEnumerable<ScreeningList> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        var names = new List<IndexedName>();
        var people = new CandidateIndexBuilder();
        var organizations = new CandidateIndexBuilder();
        foreach (var list in lists)
        {
            foreach (var entry in list.Entries)
            {
                foreach (var name in entry.Names)
                {
                    Add(names, people, EntitySchema.Person, list.Version, entry, name);
                    Add(names, organizations, EntitySchema.Organization, list.Version, entry, name);
                }
            }
        }

        return new ScreeningIndex([.. names], people.Build(names.Count), organizations.Build(names.Count));
    }

    /// <summary>Screens one party.</summary>
    /// <param name="subject">The party.</param>
    /// <param name="hitsMax">At most this many hits, the surest first; one a listed party.</param>
    /// <returns>Hits at or above the threshold.</returns>
    public IReadOnlyList<ScreeningHit> Screen(ScreeningSubject subject, int hitsMax)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var best = new Dictionary<ListEntry, ScreeningHit>(ReferenceEqualityComparer.Instance);
        if (subject.Schema is EntitySchema.Person or EntitySchema.Unknown)
        {
            foreach (var (name, _) in NameAlternatives.Of(subject.Name, isPerson: true))
            {
                foreach (var profile in NameProfile.Readings(name, EntitySchema.Person))
                {
                    Judge(best, subject, _people, profile);
                }
            }
        }

        if (subject.Schema is not EntitySchema.Person)
        {
            foreach (var (name, _) in NameAlternatives.Of(subject.Name, isPerson: false))
            {
                Judge(best, subject, _organizations, NameProfile.Read(name, EntitySchema.Organization));
            }
        }

        return [.. best.Values
            .OrderByDescending(hit => hit.Result.Score)
            .ThenBy(hit => hit.Entry.Id, StringComparer.Ordinal)
            .Take(hitsMax)];
    }

    private static void Add(List<IndexedName> names, CandidateIndexBuilder index, EntitySchema reading, ListVersion version, ListEntry entry, ListName name)
    {
        var fits = entry.Schema == EntitySchema.Unknown || (entry.Schema == EntitySchema.Person) == (reading == EntitySchema.Person);
        foreach (var profile in fits ? NameProfile.Readings(name.Text, reading).Where(profile => profile.Tokens.Length > 0) : [])
        {
            index.Add(names.Count, profile);
            names.Add(new IndexedName(entry, name, profile, version));
        }
    }

    private void Judge(Dictionary<ListEntry, ScreeningHit> best, ScreeningSubject subject, CandidateIndex index, NameProfile profile)
    {
        foreach (var number in index.Propose(profile))
        {
            var listed = _names[number];
            var corroboration = Corroboration.Of(subject.Dates, listed.Entry.Dates, subject.Countries, listed.Entry.Countries);
            var result = NameMatcher.Compare(profile, listed.Profile, corroboration);
            if (result.IsMatch && (!best.TryGetValue(listed.Entry, out var known) || known.Result.Score < result.Score))
            {
                best[listed.Entry] = new ScreeningHit(listed.Entry, listed.Name, result, listed.Version);
            }
        }
    }
}
