namespace Stillgate.Policy.Impact;

/// <summary>How many are hit, as accounts and as exchanges.</summary>
/// <param name="Accounts">Accounts with at least one such exchange.</param>
/// <param name="Exchanges">Exchanges.</param>
public readonly record struct ImpactCount(long Accounts, long Exchanges);
