namespace Stillgate.Server.Admin.Contracts;

/// <summary>What is and was in force.</summary>
/// <param name="InForce">The version in force, or null.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="History">Everything that was put in force, oldest first.</param>
/// <param name="Signers">Whose signatures count.</param>
internal sealed record PolicyAnswer(string? InForce, IReadOnlyList<RuleAnswer> Rules, IReadOnlyList<ActivationAnswer> History, IReadOnlyList<SignerAnswer> Signers);
