namespace Stillgate.Gateway.Budgets;

/// <summary>An amount of each thing that budgets count.</summary>
internal readonly record struct BudgetUse(long Requests, long InputTokens, long OutputTokens)
{
    public static BudgetUse operator +(BudgetUse a, BudgetUse b) => new(a.Requests + b.Requests, a.InputTokens + b.InputTokens, a.OutputTokens + b.OutputTokens);

    public static BudgetUse operator -(BudgetUse a, BudgetUse b) => new(a.Requests - b.Requests, a.InputTokens - b.InputTokens, a.OutputTokens - b.OutputTokens);

    public bool Exceeds(BudgetOptions limit) => Requests > limit.Requests || InputTokens > limit.InputTokens || OutputTokens > limit.OutputTokens;
}
