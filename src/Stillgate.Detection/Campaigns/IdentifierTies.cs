using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Joins what content has sorted by what its accounts share. One chance holder of a card joins nothing: two sets are one where the ties
/// between them, taken together, reach a good part of the smaller set. A ring of two thousand accounts on three hundred cards has no card
/// that is held by many of its accounts, and three hundred that cross from one wording to the next.
/// </summary>
internal sealed class IdentifierTies(AccountSets sets, IReadOnlyList<SharedIdentifier> identifiers)
{
    /// <summary>Share of the smaller set's accounts that must be tied to the other, each by the weight of what ties it.</summary>
    public const double CoverMin = 0.3;

    // An identifier that crosses more sets than this is looked at for its largest ones only.
    private const int SetsPerIdentifierMax = 64;
    private const int RoundsMax = 32;

    /// <summary>Joins until nothing more is to be joined.</summary>
    /// <param name="named">Every named account, by index.</param>
    public void Join(IReadOnlyCollection<AccountState> named)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var sizes = named.CountBy(account => sets.Root(account.Index)).ToDictionary();
            var due = Crossings(sizes).Where(crossing => crossing.Value.Joins(sizes[crossing.Key.A], sizes[crossing.Key.B]))
                .OrderByDescending(crossing => crossing.Value.Cover(sizes[crossing.Key.A], sizes[crossing.Key.B]))
                .ThenBy(crossing => crossing.Key.A).ThenBy(crossing => crossing.Key.B).ToArray();
            foreach (var (_, crossing) in due)
            {
                crossing.Link(sets);
            }

            if (due.Length == 0)
            {
                return;
            }
        }
    }

    private Dictionary<(int A, int B), Crossing> Crossings(Dictionary<int, int> sizes)
    {
        var crossings = new Dictionary<(int A, int B), Crossing>();
        foreach (var identifier in identifiers)
        {
            var parts = identifier.Holders.GroupBy(account => sets.Root(account.Index))
                .OrderByDescending(part => sizes[part.Key]).ThenBy(part => part.Key).Take(SetsPerIdentifierMax)
                .Select(part => (Root: part.Key, Accounts: part.ToArray())).OrderBy(part => part.Root).ToArray();
            for (var i = 0; i < parts.Length; i++)
            {
                for (var j = i + 1; j < parts.Length; j++)
                {
                    if (!crossings.TryGetValue((parts[i].Root, parts[j].Root), out var crossing))
                    {
                        crossings[(parts[i].Root, parts[j].Root)] = crossing = new Crossing();
                    }

                    crossing.Add(identifier, parts[i].Accounts, parts[j].Accounts);
                }
            }
        }

        return crossings;
    }
}
