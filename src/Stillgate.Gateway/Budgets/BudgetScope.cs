namespace Stillgate.Gateway.Budgets;

/// <summary>Whose use a budget bounds.</summary>
public enum BudgetScope
{
    /// <summary>Each key by itself.</summary>
    Credential,

    /// <summary>All keys of an account together.</summary>
    Account,

    /// <summary>All accounts of an organisation together; an account without one by itself.</summary>
    Organization,

    /// <summary>All accounts of a campaign together, as the analysis names it; an account of none is not bounded.</summary>
    Campaign,

    /// <summary>Everybody together.</summary>
    Global,
}
