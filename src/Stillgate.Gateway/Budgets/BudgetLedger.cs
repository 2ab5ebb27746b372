using System.Collections.Concurrent;

namespace Stillgate.Gateway.Budgets;

/// <summary>
/// What everybody has used of one kind of window. It outlives a reload of the configuration: a budget of the same scope and window
/// goes on where it stood, whatever became of its bounds.
/// </summary>
internal sealed class BudgetLedger(BudgetScope scope, TimeSpan window)
{
    /// <summary>Most owners that are held; past it those whose window is over are forgotten.</summary>
    public const int OwnersMax = 1 << 20;

    private readonly ConcurrentDictionary<string, BudgetCell> _cells = new(StringComparer.Ordinal);
    private volatile bool _isChanged;

    public BudgetScope Scope => scope;

    public TimeSpan Window => window;

    public BudgetCell Cell(string owner, long now)
    {
        if (_cells.Count > OwnersMax)
        {
            foreach (var (old, cell) in _cells)
            {
                if (cell.IsOver(now / window.Ticks))
                {
                    _cells.TryRemove(old, out _);
                }
            }
        }

        return _cells.GetOrAdd(owner, static (_, ledger) => new BudgetCell(ledger), this);
    }

    /// <summary>Told by a cell that it counted. Read first: the flag is up almost always, and is every thread's.</summary>
    public void Changed()
    {
        if (!_isChanged)
        {
            _isChanged = true;
        }
    }

    public bool TakeChanged()
    {
        var isChanged = _isChanged;
        _isChanged = false;
        return isChanged;
    }

    public IEnumerable<BudgetStanding> Standings(long now)
    {
        foreach (var (owner, cell) in _cells)
        {
            var (index, used) = cell.Read();
            if (index >= now / window.Ticks && used != default)
            {
                yield return new BudgetStanding(scope, window, index, owner, used.Requests, used.InputTokens, used.OutputTokens, used.ReasoningTokens);
            }
        }
    }

    public void Restore(BudgetStanding standing, long now)
    {
        if (standing.Index >= now / window.Ticks)
        {
            Cell(standing.Owner, now).Restore(standing.Index, new BudgetUse(standing.Requests, standing.InputTokens, standing.OutputTokens, standing.ReasoningTokens));
        }
    }
}
