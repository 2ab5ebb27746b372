namespace Stillgate.Gateway.Authentication;

/// <summary>Whose key it is. Never holds the key.</summary>
/// <param name="Id">The key's id, as the record names it.</param>
/// <param name="Account">Who is billed.</param>
/// <param name="Organization">The legal customer, or null.</param>
public sealed record ApiKey(string Id, string Account, string? Organization);
