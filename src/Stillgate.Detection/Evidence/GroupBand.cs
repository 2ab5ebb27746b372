namespace Stillgate.Detection.Evidence;

/// <summary>
/// Controls of groups of one size, with a budget of their own. Two or three accounts look alike by chance more often than many do, so that they
/// are compared with two or three, and never with what larger groups reach.
/// </summary>
public sealed record GroupBand
{
    /// <summary>Members measured: so many exactly in a small band, so many or more in the largest.</summary>
    public required int Members { get; init; }

    /// <summary>Chance granted that a legitimate community is ever named at this size.</summary>
    public required double Alpha { get; init; }

    /// <summary>Highest score each control community ever reached at this size.</summary>
    public required ControlScores Controls { get; init; }

    /// <summary>Highest score of purpose, likewise.</summary>
    public required ControlScores Purpose { get; init; }

    /// <summary>Highest score of coordination, likewise.</summary>
    public required ControlScores Coordination { get; init; }

    /// <summary>Makes a band's controls.</summary>
    /// <param name="members">Members measured.</param>
    /// <param name="alpha">Budget.</param>
    /// <param name="communities">What each control community reached at this size.</param>
    internal static GroupBand Of(int members, double alpha, IReadOnlyList<GroupLife> communities) => new()
    {
        Members = members,
        Alpha = alpha,
        Controls = ControlScores.Of(communities.Select(life => life.Whole), ControlScores.KeptMax),
        Purpose = ControlScores.Of(communities.Select(life => life.Purpose), ControlScores.KeptMax),
        Coordination = ControlScores.Of(communities.Select(life => life.Coordination), ControlScores.KeptMax),
    };
}
