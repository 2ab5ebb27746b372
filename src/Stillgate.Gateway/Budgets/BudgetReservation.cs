namespace Stillgate.Gateway.Budgets;

/// <summary>What was reserved for one exchange, in each budget that bounds it.</summary>
internal sealed class BudgetReservation(BudgetUse reserved, ReadOnlyMemory<(BudgetCell Cell, long Window)> cells, string remaining)
{
    /// <summary>What is left in the tightest budget, as the response header says it.</summary>
    public string Remaining => remaining;

    /// <summary>Settles every budget; called once, when the exchange has ended.</summary>
    public void Settle(BudgetUse used)
    {
        foreach (var (cell, window) in cells.Span)
        {
            cell.Settle(reserved, used, window);
        }
    }
}
