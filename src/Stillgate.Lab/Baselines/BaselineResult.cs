using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Baselines;

/// <summary>How one baseline did on a composed log.</summary>
public sealed record BaselineResult
{
    /// <summary>The baseline.</summary>
    public required string Name { get; init; }

    /// <summary>Area under the account-level curve, harvesting against legitimate accounts.</summary>
    public required double Area { get; init; }

    /// <summary>Share of harvesting accounts flagged, by the share of legitimate accounts flagged.</summary>
    public required IReadOnlyDictionary<double, double> RecallAtFalseAlarms { get; init; }

    /// <summary>Share of accounts flagged by kind of ring or single harvester, at <see cref="BaselineComparison.DetailLevel"/>.</summary>
    public required IReadOnlyDictionary<string, Rate> RecallByKind { get; init; }

    /// <summary>Share of accounts flagged by legitimate kind, at the same level.</summary>
    public required IReadOnlyDictionary<string, Rate> FalseAlarmsByKind { get; init; }

    /// <summary>Processor time of the baseline over the log, in seconds.</summary>
    public required double Seconds { get; init; }
}
