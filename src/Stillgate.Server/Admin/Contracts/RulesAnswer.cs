namespace Stillgate.Server.Admin.Contracts;

/// <summary>Rules that were enforced, or only observe now.</summary>
/// <param name="Rules">Their ids.</param>
/// <param name="Enforced">Whether they act.</param>
internal sealed record RulesAnswer(IReadOnlyList<string> Rules, bool Enforced);
