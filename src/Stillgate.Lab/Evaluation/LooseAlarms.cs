using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Evaluation;

/// <summary>
/// False alarms under budgets so much larger than the published ones that languages can be compared by them: the same engine and the same
/// rules, so that an alarm there is one that a larger budget would really raise. A community that is named is one decision, however many
/// accounts it has; else one campus would stand for dozens of alarms in its language.
/// </summary>
internal sealed class LooseAlarms
{
    /// <summary>How many times the published budgets.</summary>
    public const int Factor = 40;

    // A calibration keeps the highest of its control scores only; a budget beyond these would grant everything.
    private const double KeptShare = 0.9;

    private readonly SortedDictionary<string, Rate> _accounts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Rate> _decisions = new(StringComparer.Ordinal);

    /// <summary>Legitimate accounts flagged, by language.</summary>
    public IReadOnlyDictionary<string, Rate> Accounts => _accounts;

    /// <summary>Communities and lone accounts with an account flagged, by language; a community of two languages counts once in each.</summary>
    public IReadOnlyDictionary<string, Rate> Decisions => _decisions;

    /// <summary>The calibration with its budgets multiplied, none beyond what its controls can tell.</summary>
    public static CalibrationSet Loosen(CalibrationSet calibration)
    {
        double Within(double budget, ControlScores controls) => Math.Min(budget * Factor, KeptShare * controls.Highest.Count / (controls.Size + 1));
        return calibration with
        {
            GroupAlpha = Within(calibration.GroupAlpha, calibration.GroupControls),
            SmallGroups = calibration.SmallGroups is { } small ? [.. small.Select(band => band with { Alpha = Within(band.Alpha, band.Controls) })] : null,
            AccountAlpha = calibration.AccountBands[0].Controls.Min(controls => Within(calibration.AccountAlpha, controls.Together)),
        };
    }

    /// <summary>Adds what one log shows.</summary>
    /// <param name="labels">The truth by account.</param>
    /// <param name="snapshot">Findings with the loosened calibration.</param>
    public void Add(IReadOnlyDictionary<string, AccountLabel> labels, AnalysisSnapshot snapshot)
    {
        var legitimate = snapshot.Verdicts.Where(verdict => labels.TryGetValue(verdict.Account, out var label) && label is { Harvest: false, Undecidable: false })
            .Select(verdict => (Label: labels[verdict.Account], IsFlagged: verdict.Verdict == Verdict.Harvest)).ToArray();
        foreach (var (label, isFlagged) in legitimate)
        {
            Note(_accounts, label.Language, isFlagged);
        }

        foreach (var decision in legitimate.GroupBy(account => (Unit: account.Label.Group ?? account.Label.Account, account.Label.Language)))
        {
            Note(_decisions, decision.Key.Language, decision.Any(account => account.IsFlagged));
        }
    }

    private static void Note(SortedDictionary<string, Rate> rates, string language, bool isFlagged) =>
        rates[language] = rates.GetValueOrDefault(language).With(isFlagged);
}
