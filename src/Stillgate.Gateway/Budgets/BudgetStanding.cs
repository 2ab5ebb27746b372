namespace Stillgate.Gateway.Budgets;

/// <summary>What one owner has used of one window of a budget, what is reserved for requests under way included.</summary>
/// <param name="Scope">Whose use the budget bounds.</param>
/// <param name="Window">The window's length.</param>
/// <param name="Index">Which window: whole windows since the year 1, UTC.</param>
/// <param name="Owner">The key, account, organisation or campaign; empty for everybody together.</param>
/// <param name="Requests">Requests.</param>
/// <param name="InputTokens">Input tokens.</param>
/// <param name="OutputTokens">Output tokens, reasoning included.</param>
/// <param name="ReasoningTokens">Reasoning tokens.</param>
public sealed record BudgetStanding(BudgetScope Scope, TimeSpan Window, long Index, string Owner, long Requests, long InputTokens, long OutputTokens, long ReasoningTokens);
