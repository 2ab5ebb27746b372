namespace Stillgate.Server.Admin;

/// <summary>On an endpoint: what its caller must have.</summary>
/// <param name="Right">The right.</param>
internal sealed record RightNeeded(AdminRight Right);
