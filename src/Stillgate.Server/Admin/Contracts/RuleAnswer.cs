namespace Stillgate.Server.Admin.Contracts;

/// <summary>A rule of the policy in force.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Outcome">What it does where it applies.</param>
/// <param name="Enforced">Whether it acts; otherwise it only observes.</param>
/// <param name="Basis">The legal basis that it cites.</param>
internal sealed record RuleAnswer(string Id, string Outcome, bool Enforced, string Basis);
