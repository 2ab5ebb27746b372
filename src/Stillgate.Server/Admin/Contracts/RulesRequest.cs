using System.ComponentModel;

namespace Stillgate.Server.Admin.Contracts;

/// <summary>Rules that are to be enforced or only to observe.</summary>
internal sealed record RulesRequest
{
    [Description("a list of ids of rules of the policy in force")]
    public IReadOnlyList<string>? Rules { get; init; }
}
