using Stillgate.Detection.Evidence;

namespace Stillgate.Detection.Calibrating;

/// <summary>A calibration built from a history.</summary>
/// <param name="Calibration">The calibration.</param>
/// <param name="FlaggedCount">Accounts that the base calibration flags in it.</param>
/// <param name="UnknownExclusions">Accounts that were to be left out and are not in the log: a slip of the pen, or another log.</param>
public sealed record HistoryResult(CalibrationSet Calibration, int FlaggedCount, IReadOnlyList<string> UnknownExclusions);
