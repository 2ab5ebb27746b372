using System.ComponentModel;

namespace Stillgate.Server.Admin.Contracts;

/// <summary>An admin key that is to be created.</summary>
internal sealed record AdminKeyRequest
{
    [Description("a text of 1 to 256 characters: whose key it is")]
    public string? Name { get; init; }

    [Description("one of viewer, operator, compliance, owner")]
    public string? Role { get; init; }

    [Description("a time to come such as 2027-01-01T00:00:00Z, from when on the key is not valid; or nothing")]
    public DateTimeOffset? ExpiresAt { get; init; }
}
