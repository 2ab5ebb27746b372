using Stillgate.Detection.Campaigns;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// Who uses what that somebody else uses too: the bipartite graph of accounts and of things, each thing weighed by FRAUDAR's column weight,
/// 1 / ln(users + 5). The weights are those of the whole log, also of a part of it: what many accounts have in common stays common.
/// </summary>
internal sealed class SharingGraph
{
    private readonly string[] _accounts;
    private readonly double[] _weights;

    /// <summary>Makes the graph. What only one account uses is left out: nobody shares it.</summary>
    /// <param name="uses">Accounts with hashes of what they use, in any order; one that comes twice counts once.</param>
    public SharingGraph(IEnumerable<(string Account, ulong Thing)> uses)
    {
        var users = new SortedDictionary<ulong, SortedSet<string>>();
        foreach (var (account, thing) in uses)
        {
            if (!users.TryGetValue(thing, out var same))
            {
                users.Add(thing, same = new SortedSet<string>(StringComparer.Ordinal));
            }

            same.Add(account);
        }

        var shared = users.Values.Where(same => same.Count > 1).ToArray();
        _accounts = [.. shared.SelectMany(same => same).Distinct().Order(StringComparer.Ordinal)];
        _weights = [.. shared.Select(same => Rarity.Of(same.Count))];
        var numbers = _accounts.Index().ToDictionary(account => account.Item, account => account.Index, StringComparer.Ordinal);
        Uses = [.. shared.SelectMany((same, column) => same.Select(account => new SharedUse(numbers[account], column)))];
    }

    private SharingGraph(SharingGraph whole, IReadOnlySet<string> accounts)
    {
        (_accounts, _weights) = (whole._accounts, whole._weights);
        Uses = [.. whole.Uses.Where(use => accounts.Contains(_accounts[use.Account])).GroupBy(use => use.Column).Where(column => column.Count() > 1).SelectMany(column => column)];
    }

    /// <summary>The edges, by thing and then by account.</summary>
    public IReadOnlyList<SharedUse> Uses { get; }

    public int AccountCount => _accounts.Length;

    public int ColumnCount => _weights.Length;

    public string Account(int number) => _accounts[number];

    public double WeightOf(int column) => _weights[column];

    /// <summary>What some accounts have in common with each other.</summary>
    public SharingGraph Among(IReadOnlySet<string> accounts) => new(this, accounts);
}
