using System.Collections.Concurrent;
using Stillgate.Gateway.Authentication;

namespace Stillgate.Gateway.Controls;

/// <summary>The controls in force for each tier and model, worked out once for each set of overrides that applies.</summary>
internal sealed class ControlBook(ControlOptions floor)
{
    private const int SetsMax = 1024;
    private readonly ConcurrentDictionary<ulong, ControlOptions> _joined = new();

    /// <summary>The account's tier, or null where it is in none.</summary>
    public string? TierOf(ApiKey key)
    {
        // By index: to walk the interface would allocate for every request.
        for (var i = 0; i < floor.Tiers.Count; i++)
        {
            if (floor.Tiers[i].Has(key))
            {
                return floor.Tiers[i].Name;
            }
        }

        return null;
    }

    public ControlOptions Of(string? tier, string model)
    {
        if (floor.Overrides.Count == 0)
        {
            return floor;
        }

        var applying = 0UL;
        for (var i = 0; i < floor.Overrides.Count; i++)
        {
            applying |= floor.Overrides[i].Covers(tier, model) ? 1UL << i : 0;
        }

        // Which sets come up is for clients to say, by the models they name.
        return _joined.Count >= SetsMax ? Join(applying, floor) : _joined.GetOrAdd(applying, static (set, floor) => Join(set, floor), floor);
    }

    // Weaker ones first: whatever else applies then makes the outcome stricter again, wherever it stands in the list.
    private static ControlOptions Join(ulong set, ControlOptions floor) =>
        floor.Overrides.Where((_, i) => (set & (1UL << i)) != 0).OrderByDescending(one => one.IsWeaker).Aggregate(floor, (options, one) => one.Apply(options));
}
