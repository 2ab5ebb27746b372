using System.ComponentModel;

namespace Stillgate.Server.Admin.Contracts;

/// <summary>A hold that is to be placed.</summary>
internal sealed record HoldRequest
{
    [Description("a text of 1 to 256 characters: the model, or with * at its end every model that begins so")]
    public string? Model { get; init; }

    [Description("a list of texts: accounts and organisations that are spared; or nothing")]
    public IReadOnlyList<string>? Except { get; init; }

    [Description("a text of 1 to 2000 characters: why, in words that the refused are shown; or nothing")]
    public string? Reason { get; init; }

    [Description("a time to come such as 2027-01-01T00:00:00Z, at which it ends by itself; or nothing")]
    public DateTimeOffset? Until { get; init; }

    [Description("true to hold a model that is not served yet although its name is a slip away from one that is; or nothing")]
    public bool Unserved { get; init; }
}
