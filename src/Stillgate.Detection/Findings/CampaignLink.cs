namespace Stillgate.Detection.Findings;

/// <summary>Why two accounts belong together: same operator or same framework, never guilt.</summary>
/// <param name="A">One account.</param>
/// <param name="B">The other.</param>
/// <param name="Kind">Stable code of the kind of link; <c>docs/signals.md</c> documents each.</param>
/// <param name="Weight">Strength in nats.</param>
/// <param name="Text">One sentence for a person.</param>
public sealed record CampaignLink(string A, string B, string Kind, double Weight, string Text);
