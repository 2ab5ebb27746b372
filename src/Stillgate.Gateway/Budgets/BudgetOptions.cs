namespace Stillgate.Gateway.Budgets;

/// <summary>
/// A bound on use within a window of fixed length. What a request may cost is reserved when it is admitted and settled when it has
/// ended, so that parallel requests cannot pass together where one would not. A stream that was admitted is never cut by a budget.
/// </summary>
public sealed record BudgetOptions
{
    /// <summary>Whose use is bounded.</summary>
    public BudgetScope Scope { get; init; } = BudgetScope.Account;

    /// <summary>The window's length. Windows begin at whole multiples of it, UTC.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Most requests in a window, or null.</summary>
    public long? Requests { get; init; }

    /// <summary>Most input tokens in a window, or null.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Most output tokens in a window, reasoning included, or null.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Most reasoning tokens in a window, or null. They count among the output tokens too.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>Output tokens that are reserved for a request that states no bound.</summary>
    public int AssumedOutputTokens { get; init; } = 1024;
}
