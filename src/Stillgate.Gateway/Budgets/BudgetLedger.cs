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

        return _cells.GetOrAdd(owner, static _ => new BudgetCell());
    }
}
