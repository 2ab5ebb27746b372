namespace Stillgate.Lab.LogitTheft;

/// <summary>One attack.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Strategy">How logits are read.</param>
/// <param name="AccountCount">Over how many accounts the requests are spread.</param>
/// <param name="IsOneCampaign">Whether the analysis has linked the accounts.</param>
/// <param name="IsRuleOn">Whether the gateway's controls on the bias are on.</param>
public sealed record TheftCase(string Name, TheftStrategy Strategy, int AccountCount, bool IsOneCampaign, bool IsRuleOn);
