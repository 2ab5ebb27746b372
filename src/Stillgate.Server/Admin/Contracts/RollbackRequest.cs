using System.ComponentModel;

namespace Stillgate.Server.Admin.Contracts;

/// <summary>A policy that is to be put back in force.</summary>
internal sealed record RollbackRequest
{
    [Description("a version that the store has; or nothing for the one in force before the present one")]
    public string? Version { get; init; }
}
