namespace Stillgate.Server.Admin.Contracts;

/// <summary>Whose signatures count, or no longer do.</summary>
/// <param name="Signer">The key's fingerprint.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="IsTrusted">Whether it counts.</param>
/// <param name="At">When that was said.</param>
internal sealed record SignerAnswer(string Signer, string Name, bool IsTrusted, DateTimeOffset At);
