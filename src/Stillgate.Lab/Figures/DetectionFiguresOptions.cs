using Stillgate.Detection.Evidence;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Figures;

/// <summary>What the detection's page is made from.</summary>
public sealed record DetectionFiguresOptions
{
    /// <summary>Compositions to report on; of other sources and the other half of the wrappers than the calibration's.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>A composition of the tuning half, for the baselines that learn; null leaves the baselines out.</summary>
    public string? TrainingFolder { get; init; }

    /// <summary>More compositions that languages are compared on, and nothing else.</summary>
    public IReadOnlyList<string> LanguageFolders { get; init; } = [];

    /// <summary>The calibration.</summary>
    public required CalibrationSet Calibration { get; init; }

    /// <summary>Texts, sources and wrappers of the adaptive attackers; null leaves the attackers out.</summary>
    public SimulationOptions? AttackTexts { get; init; }

    /// <summary>Seeds of the adaptive attackers: a background and a set of rings each.</summary>
    public IReadOnlyList<long> AttackSeeds { get; init; } = [401, 402];

    /// <summary>Size of the legitimate background of the adaptive attackers: 1 is 10,000 accounts.</summary>
    public double AttackScale { get; init; } = 0.03;

    /// <summary>Whether the analysis is run again with each family of signals taken away.</summary>
    public bool Ablates { get; init; } = true;

    /// <summary>Told of each part as it starts and ends, a line at a time; or null.</summary>
    public Action<string>? OnPart { get; init; }
}
