namespace Stillgate.Protocol.ExchangeLog;

/// <summary>What the rules would have decided if all of them were enforced.</summary>
/// <param name="Outcome">The outcome's word.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Undetermined">True where its condition hung on facts that are not known; otherwise null.</param>
public sealed record ProposedDecision(string Outcome, string Rule, bool? Undetermined);
