namespace Stillgate.Server.Admin.Contracts;

/// <summary>That a policy was put in force.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Action"><c>activate</c> or <c>rollback</c>.</param>
/// <param name="At">When.</param>
/// <param name="Signer">Fingerprint of the key that signed it, or null where the bundle cannot be read.</param>
/// <param name="Note">What its signer noted.</param>
internal sealed record ActivationAnswer(string Version, string Action, DateTimeOffset At, string? Signer, string? Note);
