using Stillgate.Detection.Accounts;
using Stillgate.Detection.Findings;
using static System.FormattableString;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Whether the accounts of a campaign search for techniques together, as they do who deal out what is to be tried: by what their counters add up to as they
/// stand. Only words: no score looks at it, and no account is given it for the company that it keeps.
/// </summary>
internal static class CampaignSearch
{
    private const int ExamplesMax = 3;

    /// <summary>Says so in words, where they do.</summary>
    /// <param name="members">The campaign's accounts.</param>
    /// <returns>The reason, or null: not a search, or one of a single member, which says so itself.</returns>
    public static Reason? Explain(IReadOnlyList<AccountState> members)
    {
        AccountState[] all = [.. members];
        var ways = ElicitationWays.Of(all);
        if (ways.Ways < ElicitationWays.WaysMin)
        {
            // Nearly every campaign: it asks in one way, and is looked at no closer.
            return null;
        }

        var uses = CommonestUses(all);
        var searching = all.Where(ElicitationWays.ShowsIn).ToArray();
        var isSearch = ways.IsSearch(Exchanges(all), uses) && (searching is not [var only] || IsSearch([.. all.Where(member => member != only)]));
        return isSearch ? new Reason(ElicitationWays.Code, Text(ways, all, uses, searching.Length), 0, Examples(all)) : null;
    }

    private static bool IsSearch(AccountState[] accounts) => ElicitationWays.Of(accounts).IsSearch(Exchanges(accounts), CommonestUses(accounts));

    private static long Exchanges(AccountState[] accounts) => accounts.Sum(account => account.Count);

    // What one account sends again and again is common there; only what several do is common in the campaign.
    private static long CommonestUses(AccountState[] accounts)
    {
        var uses = new Dictionary<ulong, long>();
        foreach (var account in accounts)
        {
            account.Heavy.AddTo(uses);
        }

        return uses.Values.DefaultIfEmpty().Max();
    }

    private static string[] Examples(AccountState[] accounts) =>
        [.. accounts.OrderByDescending(account => ElicitationWays.Of(account).Asking).ThenBy(account => account.Index).Take(ExamplesMax).Select(account => account.LastExchange)];

    private static string Text(ElicitationWays ways, AccountState[] accounts, long uses, int searching)
    {
        var bySelf = searching switch
        {
            0 => "none of which searches by itself",
            1 => "one of which searches by itself",
            _ when searching == accounts.Length => "all of which search by themselves",
            _ => Invariant($"{searching:N0} of which search by themselves"),
        };
        return Invariant($"About {ways.Ways:F0} ways of asking for training data in {Exchanges(accounts):N0} requests of {accounts.Length:N0} accounts, {bySelf}: at least {ways.Asking:N0} of them ask for reasoning, tasks or traces, and no passage of prompt is in more than {uses:N0}.");
    }
}
