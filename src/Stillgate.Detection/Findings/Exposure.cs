namespace Stillgate.Detection.Findings;

/// <summary>How much of a training set an account has received. Accounting only: it never enters a verdict.</summary>
/// <param name="Exchanges">Exchanges answered.</param>
/// <param name="DistinctTasks">Estimated distinct tasks among them.</param>
/// <param name="OutputTokens">Output tokens received.</param>
/// <param name="BudgetShare">Share of one exposure unit, 1,000 diverse full traces (<c>docs/signals.md</c>).</param>
public sealed record Exposure(long Exchanges, long DistinctTasks, long OutputTokens, double BudgetShare)
{
    /// <summary>The same in units of 1,000 diverse full traces, by domain.</summary>
    public ExposureUnits Received { get; init; } = ExposureUnits.None;
}
