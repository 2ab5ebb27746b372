namespace Stillgate.Detection.Findings;

/// <summary>One reason for a verdict, in words, with the exchanges that gave it.</summary>
/// <param name="Code">Stable code; <c>docs/signals.md</c> documents each.</param>
/// <param name="Text">One sentence for a person.</param>
/// <param name="Weight">Contribution to the score in nats, larger is stronger.</param>
/// <param name="Exchanges">Ids of a few exchanges that show it.</param>
public sealed record Reason(string Code, string Text, double Weight, IReadOnlyList<string> Exchanges);
