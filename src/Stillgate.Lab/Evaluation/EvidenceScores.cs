using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;

namespace Stillgate.Lab.Evaluation;

/// <summary>
/// One number an account, for a curve over thresholds: its verdict first, and within a verdict how far the best evidence ever reached
/// above (or stayed below) the score at which the calibration's budget is spent. So the curve passes through the published point.
/// </summary>
internal sealed class EvidenceScores(CalibrationSet calibration) : IEvidenceObserver
{
    private const double MarginMax = 400;
    private const double VerdictStep = 1_000;

    /// <summary>Scores above this are of flagged accounts.</summary>
    public const double HarvestFrom = ((int)Verdict.Harvest * VerdictStep) - MarginMax - 1;

    private readonly Dictionary<string, double> _margins = new(StringComparer.Ordinal);
    private readonly Dictionary<int, double> _groupThresholds = [];
    private readonly double[][] _accountThresholds = [.. calibration.AccountBands.Select(band =>
        band.Controls.Select(controls => Threshold(controls.Together, calibration.AccountAlpha * band.Share)).ToArray())];

    /// <inheritdoc/>
    public void GroupMeasured(ulong group, IReadOnlyList<string> members, double[] features, long exchanges)
    {
        if (calibration.GroupBandOf(members.Count) is not { } band)
        {
            return;
        }

        if (!_groupThresholds.TryGetValue(band.Members, out var threshold))
        {
            _groupThresholds[band.Members] = threshold = Threshold(band.Controls, band.Alpha);
        }

        var margin = calibration.GroupModel.Score(features) - threshold;
        foreach (var member in members)
        {
            Note(member, margin);
        }
    }

    /// <inheritdoc/>
    public void AccountMeasured(string account, int peerClass, int checkpoint, double[] features)
    {
        var scores = AccountScores.Of(features, calibration.AccountBandOf(checkpoint).StructureModel, calibration.ElicitationModel);
        Note(account, scores.Together - _accountThresholds[calibration.BandOf(checkpoint)][peerClass]);
    }

    /// <summary>The account's number; higher is worse.</summary>
    public double Of(AccountVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return ((int)verdict.Verdict * VerdictStep) + Math.Clamp(_margins.GetValueOrDefault(verdict.Account, -MarginMax), -MarginMax, MarginMax);
    }

    private void Note(string account, double margin)
    {
        if (!_margins.TryGetValue(account, out var known) || margin > known)
        {
            _margins[account] = margin;
        }
    }

    // The lowest control score whose own p-value still lies within the budget.
    private static double Threshold(ControlScores controls, double alpha)
    {
        var above = (int)Math.Floor(alpha * (controls.Size + 1)) - 1;
        return controls.Highest.Count == 0 ? 0 : controls.Highest[Math.Clamp(controls.Highest.Count - 1 - Math.Max(0, above), 0, controls.Highest.Count - 1)];
    }
}
