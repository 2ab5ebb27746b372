using System.ComponentModel;

namespace Stillgate.Server.Admin.Contracts;

/// <summary>A client's key that is to be created.</summary>
internal sealed record KeyRequest
{
    [Description("a text of 1 to 256 characters: who is billed")]
    public string? Account { get; init; }

    [Description("a text of 1 to 256 characters: the legal customer; or nothing")]
    public string? Organization { get; init; }
}
