namespace Stillgate.Storage.Policies;

/// <summary>Whose signatures on policies count.</summary>
/// <param name="Signer">The key's fingerprint.</param>
/// <param name="PublicKey">The public key, PEM.</param>
/// <param name="Name">Whose it is, in the operator's words.</param>
/// <param name="IsTrusted">False from when its trust was withdrawn.</param>
/// <param name="At">When that was said.</param>
public sealed record PolicySignerRecord(string Signer, string PublicKey, string Name, bool IsTrusted, DateTimeOffset At);
