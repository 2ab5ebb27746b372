namespace Stillgate.Detection.Calibrating;

/// <summary>What to build from a history.</summary>
public sealed record HistoryOptions
{
    /// <summary>Name of the calibration.</summary>
    public required string Name { get; init; }

    /// <summary>What it is built from, in words.</summary>
    public required string Origin { get; init; }

    /// <summary>Accounts that the operator knows not to be legitimate, or not to be usual: left out.</summary>
    public IReadOnlySet<string> Excluded { get; init; } = new HashSet<string>();

    /// <summary>Chance granted that a control group is ever named; null for the base calibration's. A larger one needs a smaller history.</summary>
    public double? GroupAlpha { get; init; }

    /// <summary>Chance granted that a legitimate account is ever flagged on its own behaviour; null for the base calibration's.</summary>
    public double? AccountAlpha { get; init; }

    /// <summary>
    /// Whether flagged accounts stay in as controls: for an operator who has looked at every one of them and named those that harvest.
    /// Otherwise they are left out, which takes away true false alarms too and so makes the next analysis flag somewhat more than its budget.
    /// </summary>
    public bool KeepFlagged { get; init; }
}
