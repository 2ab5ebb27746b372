using System.Globalization;
using System.Runtime.CompilerServices;
using Stillgate.Gateway.Authentication;

namespace Stillgate.Gateway.Budgets;

/// <summary>Every budget of everybody. In memory; whoever holds it keeps its standings over a restart.</summary>
internal sealed class BudgetBook
{
    private readonly (BudgetOptions Limit, BudgetLedger Ledger)[] _budgets;
    private readonly TimeProvider _time;
    private readonly ICampaignDirectory? _campaigns;

    public BudgetBook(IReadOnlyList<BudgetOptions> budgets, TimeProvider time)
        : this(budgets, time, campaigns: null, before: null)
    {
    }

    /// <summary>Creates the book; a budget of a scope and window that stood in the last book goes on with what was used.</summary>
    public BudgetBook(IReadOnlyList<BudgetOptions> budgets, TimeProvider time, ICampaignDirectory? campaigns, BudgetBook? before)
    {
        (_time, _campaigns) = (time, campaigns);
        var ledgers = before?._budgets.Select(budget => budget.Ledger).ToList() ?? [];
        _budgets = [.. budgets.Select(budget => (budget, Take(ledgers, budget)))];
        AssumedOutputTokens = budgets.Count == 0 ? 0 : budgets.Max(budget => budget.AssumedOutputTokens);
        CountsTokens = budgets.Any(budget => budget.InputTokens is not null || budget.OutputTokens is not null || budget.ReasoningTokens is not null);
    }

    public bool IsEmpty => _budgets.Length == 0;

    /// <summary>Whether any budget bounds tokens, so that every answer's count must be known.</summary>
    public bool CountsTokens { get; }

    public int AssumedOutputTokens { get; }

    /// <summary>What of the windows that are not over was used, by whom.</summary>
    public IEnumerable<BudgetStanding> Standings()
    {
        var now = _time.GetUtcNow().UtcTicks;
        return _budgets.DistinctBy(budget => (budget.Limit.Scope, budget.Limit.Window)).SelectMany(budget => budget.Ledger.Standings(now));
    }

    /// <summary>Takes up what was used; that of a scope and window for which there is no budget now, or whose window is over, is left out.</summary>
    public void Restore(IEnumerable<BudgetStanding> standings)
    {
        var now = _time.GetUtcNow().UtcTicks;
        var kept = _budgets.Select(budget => budget.Ledger).ToLookup(ledger => (ledger.Scope, ledger.Window));
        foreach (var standing in standings)
        {
            foreach (var ledger in kept[(standing.Scope, standing.Window)])
            {
                ledger.Restore(standing, now);
            }
        }
    }

    /// <summary>Whether anything was counted since this was asked last.</summary>
    public bool TakeChanged()
    {
        var isChanged = false;
        foreach (var (_, ledger) in _budgets)
        {
            isChanged |= ledger.TakeChanged();
        }

        return isChanged;
    }

    /// <summary>The budget that could not hold the request even if nothing of it were used; null where there is none.</summary>
    public BudgetOptions? FindTooSmall(ApiKey key, BudgetUse use)
    {
        foreach (var (limit, _) in _budgets)
        {
            if (use.Exceeds(limit) && OwnerOf(limit.Scope, key) is not null)
            {
                return limit;
            }
        }

        return null;
    }

    /// <summary>Reserves in every budget or in none.</summary>
    /// <param name="key">Whose request it is.</param>
    /// <param name="use">The most that it may cost.</param>
    /// <param name="retryAfter">Where a budget has no room, the time until its next window.</param>
    /// <param name="rates">What is left of the budgets: of those that have room, or of the one that has none.</param>
    /// <returns>The reservation, or null where a budget has no room.</returns>
    public BudgetReservation? TryReserve(ApiKey key, BudgetUse use, out TimeSpan retryAfter, out BudgetRates rates)
    {
        rates = new BudgetRates();
        var now = _time.GetUtcNow().UtcTicks;
        var cells = new (BudgetCell Cell, long Window)[_budgets.Length];
        var count = 0;
        var remaining = "";
        foreach (var (limit, ledger) in _budgets)
        {
            if (OwnerOf(limit.Scope, key) is not { } owner)
            {
                continue;
            }

            var cell = ledger.Cell(owner, now);
            var window = now / limit.Window.Ticks;
            if (!cell.TryReserve(use, window, limit, out var after))
            {
                foreach (var (taken, itsWindow) in cells.AsSpan(0, count))
                {
                    taken.Settle(use, default, itsWindow);
                }

                rates = new BudgetRates();
                rates.Add(limit, after - use, EndOf(window, limit));
                retryAfter = TimeSpan.FromTicks(((window + 1) * limit.Window.Ticks) - now);
                return null;
            }

            cells[count++] = (cell, window);
            rates.Add(limit, after, EndOf(window, limit));
            remaining = remaining.Length > 0 ? remaining + ", " + Describe(limit, after) : Describe(limit, after);
        }

        retryAfter = TimeSpan.Zero;
        return new BudgetReservation(use, cells.AsMemory(0, count), remaining);
    }

    private static DateTimeOffset EndOf(long window, BudgetOptions limit) => new((window + 1) * limit.Window.Ticks, TimeSpan.Zero);

    private static BudgetLedger Take(List<BudgetLedger> ledgers, BudgetOptions budget)
    {
        var known = ledgers.FindIndex(ledger => ledger.Scope == budget.Scope && ledger.Window == budget.Window);
        if (known < 0)
        {
            return new BudgetLedger(budget.Scope, budget.Window);
        }

        var taken = ledgers[known];
        ledgers.RemoveAt(known);
        return taken;
    }

    private static string Describe(BudgetOptions limit, BudgetUse after)
    {
        // Written for every request that a budget bounds: no list, no joining.
        var text = new DefaultInterpolatedStringHandler(32, 3, CultureInfo.InvariantCulture);
        text.AppendLiteral(Word(limit.Scope));
        text.AppendLiteral(";window=");
        text.AppendFormatted((long)limit.Window.TotalSeconds);
        text.AppendLiteral("s");
        Add(ref text, ";requests=", limit.Requests, after.Requests);
        Add(ref text, ";input-tokens=", limit.InputTokens, after.InputTokens);
        Add(ref text, ";output-tokens=", limit.OutputTokens, after.OutputTokens);
        Add(ref text, ";reasoning-tokens=", limit.ReasoningTokens, after.ReasoningTokens);
        return text.ToStringAndClear();
    }

    private static void Add(ref DefaultInterpolatedStringHandler text, string name, long? most, long used)
    {
        if (most is { } bound)
        {
            text.AppendLiteral(name);
            text.AppendFormatted(bound - used);
        }
    }

    public static string Word(BudgetScope scope) => scope switch
    {
        BudgetScope.Credential => "credential",
        BudgetScope.Account => "account",
        BudgetScope.Organization => "organization",
        BudgetScope.Campaign => "campaign",
        _ => "global",
    };

    /// <summary>Whose use it is; null where the budget does not bound this key, since its account is in no campaign.</summary>
    private string? OwnerOf(BudgetScope scope, ApiKey key) => scope switch
    {
        BudgetScope.Credential => key.Id,
        BudgetScope.Account => key.Account,
        BudgetScope.Organization => key.Organization is { } organization ? "o:" + organization : "a:" + key.Account,
        BudgetScope.Campaign => _campaigns?.CampaignOf(key.Account),
        _ => "",
    };
}
