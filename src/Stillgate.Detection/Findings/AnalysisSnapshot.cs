namespace Stillgate.Detection.Findings;

/// <summary>What an analysis holds at one moment: immutable, so that any number of readers may look at it while the analysis goes on.</summary>
public sealed record AnalysisSnapshot
{
    /// <summary>Nothing seen yet.</summary>
    public static AnalysisSnapshot Empty { get; } = new()
    {
        AsOf = DateTimeOffset.MinValue,
        ExchangeCount = 0,
        Verdicts = [],
        Campaigns = [],
    };

    /// <summary>Time of the latest exchange.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Exchanges analysed.</summary>
    public required long ExchangeCount { get; init; }

    /// <summary>Every account seen: harvest first, then watch, then clear; within each by exchanges, most first.</summary>
    public required IReadOnlyList<AccountVerdict> Verdicts { get; init; }

    /// <summary>Every campaign named, oldest first.</summary>
    public required IReadOnlyList<Campaign> Campaigns { get; init; }

    /// <summary>Whether the calibration still fits the traffic.</summary>
    public CalibrationFit Fit { get; init; } = CalibrationFit.Unknown;
}
