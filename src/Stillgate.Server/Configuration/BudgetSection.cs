using Stillgate.Gateway.Budgets;

namespace Stillgate.Server.Configuration;

/// <summary>Reads one entry of <c>budgets</c>.</summary>
internal static class BudgetSection
{
    public static BudgetOptions Read(ConfigSection section)
    {
        var defaults = new BudgetOptions();
        var budget = new BudgetOptions
        {
            Scope = section.Choice("scope", "credential", "account", "organization", "campaign", "global") switch
            {
                "credential" => BudgetScope.Credential,
                "organization" => BudgetScope.Organization,
                "campaign" => BudgetScope.Campaign,
                "global" => BudgetScope.Global,
                _ => BudgetScope.Account,
            },
            Window = section.Choice("window", "minute", "hour", "day") switch
            {
                "hour" => TimeSpan.FromHours(1),
                "day" => TimeSpan.FromDays(1),
                _ => TimeSpan.FromMinutes(1),
            },
            Requests = section.Number("requests", 1, long.MaxValue),
            InputTokens = section.Number("inputTokens", 1, long.MaxValue),
            OutputTokens = section.Number("outputTokens", 1, long.MaxValue),
            ReasoningTokens = section.Number("reasoningTokens", 1, long.MaxValue),
            AssumedOutputTokens = (int)(section.Number("assumedOutputTokens", 1, int.MaxValue) ?? defaults.AssumedOutputTokens),
        };
        section.RejectUnknown();
        if (!((string[])["requests", "inputTokens", "outputTokens", "reasoningTokens"]).Any(section.Has))
        {
            section.Reject("", "bounds nothing: needs requests, inputTokens, outputTokens or reasoningTokens");
        }

        return budget;
    }
}
