using Stillgate.Lab.Attacks;
using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>Everything that the page shows, measured in one run.</summary>
internal sealed record DetectionFindings
{
    /// <summary>The calibration, in words.</summary>
    public required string Calibration { get; init; }

    /// <summary>The logs, a line each.</summary>
    public required IReadOnlyList<string> Logs { get; init; }

    /// <summary>How fast, a line each.</summary>
    public required IReadOnlyList<string> Speeds { get; init; }

    /// <summary>The sum over the logs.</summary>
    public required EvaluationReport Report { get; init; }

    /// <summary>Ours first, then the baselines where they were run.</summary>
    public required IReadOnlyList<DetectorScores> Detectors { get; init; }

    /// <summary>Ours first, then the ways to draw one from FRAUDAR's blocks; empty where the baselines were not run.</summary>
    public required IReadOnlyList<AccountMap> Maps { get; init; }

    /// <summary>False alarms under much larger budgets, which languages are compared by.</summary>
    public required LooseAlarms Loose { get; init; }

    /// <summary>All signals first; empty where there was no ablation.</summary>
    public required IReadOnlyList<AblationRow> Ablation { get; init; }

    /// <summary>Every sweep with its outcomes; empty where there were no attackers.</summary>
    public required IReadOnlyList<(AttackSweep Sweep, IReadOnlyList<AttackOutcome> Outcomes)> Attacks { get; init; }

    /// <summary>The background of the attackers, in words.</summary>
    public string AttackBackground { get; init; } = "";

    /// <summary>Rings of every kind with identifiers as their kind shares them, and all distinct; null where there were no attackers.</summary>
    public (AttackOutcome Shared, AttackOutcome Distinct)? Identifiers { get; init; }

    /// <summary>The parts that ran, with their seconds.</summary>
    public required IReadOnlyList<string> Parts { get; init; }
}
