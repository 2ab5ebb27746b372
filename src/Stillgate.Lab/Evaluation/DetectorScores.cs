using Stillgate.Lab.Baselines;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Evaluation;

/// <summary>One detector's scores over the accounts of every log of a run.</summary>
/// <param name="Name">Name for tables.</param>
internal sealed record DetectorScores(string Name)
{
    private readonly List<(AccountLabel Label, double Score)> _accounts = [];

    /// <summary>Accounts with their scores; higher is worse.</summary>
    public IReadOnlyList<(AccountLabel Label, double Score)> Accounts => _accounts;

    /// <summary>The curve over accounts whose content can decide.</summary>
    public AccountRoc Roc => Between(label => label is { Undecidable: false, Harvest: false }, label => label is { Undecidable: false, Harvest: true });

    public void Add(AccountLabel label, double score) => _accounts.Add((label, score));

    /// <summary>The curve between two groups of accounts.</summary>
    public AccountRoc Between(Func<AccountLabel, bool> legitimate, Func<AccountLabel, bool> harvesting) =>
        new(Scores(legitimate), Scores(harvesting));

    /// <summary>How many of some accounts score above a threshold.</summary>
    public Rate Above(double threshold, Func<AccountLabel, bool> which) =>
        _accounts.Where(account => which(account.Label)).Aggregate(default(Rate), (rate, account) => rate.With(account.Score > threshold));

    private IEnumerable<double> Scores(Func<AccountLabel, bool> which) => _accounts.Where(account => which(account.Label)).Select(account => account.Score);
}
