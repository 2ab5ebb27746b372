using Stillgate.Gateway.Authentication;
using Stillgate.Gateway.Forwarder;

namespace Stillgate.Gateway.Controls;

/// <summary>A tier of trust: a name that controls and rules go by, and who is in it.</summary>
public sealed record TrustTier
{
    /// <summary>The name, as overrides and the <c>request.tier</c> of rules have it.</summary>
    public required string Name { get; init; }

    /// <summary>Patterns of accounts.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Patterns of organisations.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    internal bool Has(ApiKey key) =>
        Accounts.Any(pattern => ModelPattern.Matches(pattern, key.Account))
        || (key.Organization is { } organization && Organizations.Any(pattern => ModelPattern.Matches(pattern, organization)));
}
