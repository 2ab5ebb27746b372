namespace Stillgate.Gateway.Budgets;

/// <summary>One budget of one account (or key, organisation, all). Its lock is held for a few additions, never over a wait.</summary>
internal sealed class BudgetCell(BudgetLedger ledger)
{
    private readonly Lock _gate = new();
    private long _window = -1;
    private BudgetUse _used;

    public bool TryReserve(BudgetUse use, long window, BudgetOptions limit, out BudgetUse after)
    {
        lock (_gate)
        {
            Turn(window);
            after = _used + use;
            if (after.Exceeds(limit))
            {
                return false;
            }

            _used = after;
        }

        ledger.Changed();
        return true;
    }

    /// <summary>Puts the true cost in the place of what was reserved. A reservation of a window that is over went with it.</summary>
    public void Settle(BudgetUse reserved, BudgetUse used, long window)
    {
        lock (_gate)
        {
            if (_window == window)
            {
                _used = _used - reserved + used;
            }
        }

        ledger.Changed();
    }

    public (long Window, BudgetUse Used) Read()
    {
        lock (_gate)
        {
            return (_window, _used);
        }
    }

    public void Restore(long window, BudgetUse used)
    {
        lock (_gate)
        {
            (_window, _used) = (window, used);
        }
    }

    public bool IsOver(long window)
    {
        lock (_gate)
        {
            return _window < window;
        }
    }

    private void Turn(long window)
    {
        if (window > _window)
        {
            (_window, _used) = (window, default);
        }
    }
}
