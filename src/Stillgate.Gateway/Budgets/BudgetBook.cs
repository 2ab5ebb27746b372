using System.Collections.Concurrent;
using System.Globalization;
using Stillgate.Gateway.Authentication;

namespace Stillgate.Gateway.Budgets;

/// <summary>Every budget of everybody. In memory: a restart begins new windows, which the operations page says.</summary>
internal sealed class BudgetBook(IReadOnlyList<BudgetOptions> budgets, TimeProvider time)
{
    /// <summary>Most cells that are held; past it those whose window is over are forgotten.</summary>
    public const int CellsMax = 1 << 20;

    private readonly ConcurrentDictionary<(int Budget, string Owner), BudgetCell> _cells = new();

    public bool IsEmpty => budgets.Count == 0;

    public int AssumedOutputTokens { get; } = budgets.Count == 0 ? 0 : budgets.Max(budget => budget.AssumedOutputTokens);

    /// <summary>Reserves in every budget or in none; null where one of them has no room, and then how long until its next window.</summary>
    public BudgetReservation? TryReserve(ApiKey key, BudgetUse use, out TimeSpan retryAfter)
    {
        var now = time.GetUtcNow().UtcTicks;
        var cells = new List<(BudgetCell Cell, long Window)>(budgets.Count);
        var remaining = "";
        for (var i = 0; i < budgets.Count; i++)
        {
            var cell = Cell(i, key, now);
            var window = now / budgets[i].Window.Ticks;
            if (!cell.TryReserve(use, window, out var after))
            {
                foreach (var (taken, itsWindow) in cells)
                {
                    taken.Settle(use, default, itsWindow);
                }

                retryAfter = TimeSpan.FromTicks(((window + 1) * budgets[i].Window.Ticks) - now);
                return null;
            }

            cells.Add((cell, window));
            remaining += (remaining.Length > 0 ? ", " : "") + Describe(budgets[i], after);
        }

        retryAfter = TimeSpan.Zero;
        return new BudgetReservation(use, cells, remaining);
    }

    private static string Describe(BudgetOptions limit, BudgetUse after)
    {
        var words = new List<string>(3);
        void Add(string name, long? most, long used)
        {
            if (most is { } bound)
            {
                words.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={bound - used}"));
            }
        }

        Add("requests", limit.Requests, after.Requests);
        Add("input-tokens", limit.InputTokens, after.InputTokens);
        Add("output-tokens", limit.OutputTokens, after.OutputTokens);
        return string.Create(CultureInfo.InvariantCulture, $"{limit.Scope.ToString().ToLowerInvariant()};window={limit.Window.TotalSeconds:0}s;{string.Join(';', words)}");
    }

    private BudgetCell Cell(int budget, ApiKey key, long now)
    {
        var owner = budgets[budget].Scope switch
        {
            BudgetScope.Credential => key.Id,
            BudgetScope.Account => key.Account,
            BudgetScope.Organization => key.Organization is { } organization ? "o:" + organization : "a:" + key.Account,
            _ => "",
        };
        if (_cells.Count > CellsMax)
        {
            Forget(now);
        }

        return _cells.GetOrAdd((budget, owner), static (_, limit) => new BudgetCell(limit), budgets[budget]);
    }

    private void Forget(long now)
    {
        foreach (var (owner, cell) in _cells)
        {
            if (cell.IsOver(now / cell.Limit.Window.Ticks))
            {
                _cells.TryRemove(owner, out _);
            }
        }
    }
}
