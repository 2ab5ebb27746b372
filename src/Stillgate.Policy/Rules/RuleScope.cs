namespace Stillgate.Policy.Rules;

/// <summary>To which requests a rule applies. An empty list stands for all; a model may end in <c>*</c>.</summary>
public sealed record RuleScope
{
    /// <summary>Models, by name or by the beginning of one.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Access tiers.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>Channels (an API dialect, a cloud, a reseller).</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Capabilities: a request that uses any of them is within.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    internal bool Covers(in DecisionRequest request) =>
        CoversModel(request.Model)
        && (Tiers.Count == 0 || Has(Tiers, request.Tier))
        && (Channels.Count == 0 || Has(Channels, request.Channel))
        && (Capabilities.Count == 0 || HasAny(Capabilities, request.Capabilities));

    private bool CoversModel(string model)
    {
        for (var i = 0; i < Models.Count; i++)
        {
            var name = Models[i];
            if (name.EndsWith('*') ? model.AsSpan().StartsWith(name.AsSpan(0, name.Length - 1), StringComparison.Ordinal) : name == model)
            {
                return true;
            }
        }

        return Models.Count == 0;
    }

    private static bool Has(IReadOnlyList<string> names, string? name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAny(IReadOnlyList<string> names, IReadOnlyList<string> wanted)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (Has(names, wanted[i]))
            {
                return true;
            }
        }

        return false;
    }
}
