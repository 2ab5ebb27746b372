using System.Globalization;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Drift;

/// <summary>
/// Watches whether the calibration still fits. In each peer class, accounts are put into blocks as they pass their first checkpoint; when
/// the next block is full, the share of small p-values in the last one is compared with its exact law. The budget is split over the blocks, so
/// that the chance of ever raising this alarm under a calibration that fits is at most <see cref="Alpha"/>. Reads verdicts; never writes one.
/// </summary>
internal sealed class DriftMonitor(CalibrationSet calibration)
{
    /// <summary>Chance of ever raising the alarm on p-values while the calibration fits.</summary>
    public const double Alpha = 0.001;

    /// <summary>Accounts in a block.</summary>
    public const int BlockLength = 250;

    /// <summary>The usual bound of a population stability index: past it, populations are held to differ.</summary>
    public const double PeerMixMax = 0.25;

    /// <summary>A feature's mean so many scales from the calibration's is an alarm.</summary>
    public const double FeatureShiftMax = 1;

    private const double ThresholdMost = 0.05;
    private readonly PeerBlocks[] _classes = [.. calibration.PeerClassSizes.Select(_ => new PeerBlocks())];

    /// <summary>Notes that an account was judged.</summary>
    public void Observe(AccountState account)
    {
        if (account.Found.NextCheckpoint != Checkpoints.After(Checkpoints.First))
        {
            return;
        }

        var peers = (int)AccountMeasurement.Classify(account);
        if (peers < _classes.Length && _classes[peers].Add(account, AccountMeasurement.Measure(account)) is { } block)
        {
            Test(_classes[peers], calibration.AccountBands[0].Controls[peers].Together, block);
        }
    }

    public CalibrationFit Report(IReadOnlyList<ScriptFlags> scripts)
    {
        var classes = _classes.Select((blocks, peers) => blocks.Fit(((PeerClass)peers).ToString())).ToArray();
        var alarms = classes.Where(fit => fit.IsDrifting).Select(Words).ToList();
        var mix = PeerMix();
        if (mix > PeerMixMax)
        {
            alarms.Add(string.Create(CultureInfo.InvariantCulture, $"The mix of peer classes is not the calibration's: stability index {mix:F2}, bound {PeerMixMax:F2}."));
        }

        alarms.AddRange(_classes.SelectMany((blocks, peers) => ShiftedFeatures(blocks, (PeerClass)peers)));
        alarms.AddRange(scripts.Where(script => script.IsUneven).Select(script => string.Create(
            CultureInfo.InvariantCulture,
            $"Flags fall on accounts that write in {script.Script} script more often than chance would have it: {script.Flagged} of {script.Judged}. Look whether these are errors.")));
        return new CalibrationFit(alarms, classes, mix, scripts);
    }

    /// <summary>Writes the blocks of every class.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)_classes.Length);
        foreach (var blocks in _classes)
        {
            blocks.Write(into);
        }
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from, IReadOnlyList<AccountState> accounts)
    {
        if (from.Count(int.MaxValue) != _classes.Length)
        {
            throw new StateFormatException("it has another number of peer classes");
        }

        foreach (var blocks in _classes)
        {
            blocks.Read(ref from, accounts);
        }
    }

    private static string Words(PeerClassFit fit) => string.Create(
        CultureInfo.InvariantCulture,
        $"The calibration no longer fits {fit.PeerClass} accounts: {fit.ShareBelow:P1} of the last {BlockLength} have a p-value of {fit.Threshold:F3} or less. Build one from this traffic.");

    private void Test(PeerBlocks blocks, ControlScores controls, IReadOnlyList<AccountState> block)
    {
        // Only the highest control scores are kept, so only so small a p-value is exact.
        var k = Math.Min((int)Math.Floor(ThresholdMost * (controls.Size + 1)), controls.Highest.Count);
        if (k < 1)
        {
            return;
        }

        var threshold = k / (controls.Size + 1.0);
        var below = block.Count(account => account.Found.EarlyP <= threshold * (1 + 1e-9) && account.Found.Verdict != Verdict.Harvest);
        blocks.Tested(threshold, below / (double)block.Count, BetaBinomial.UpperTail(below, block.Count, k, controls.Size), Budget(blocks.BlocksTested + 1));
    }

    // 1 / (j (j + 1)) sums to one over all blocks; the classes share what there is.
    private double Budget(int block) => Alpha / (_classes.Length * (double)block * (block + 1));

    private double? PeerMix()
    {
        var sizes = calibration.PeerClassSizes;
        double judged = _classes.Sum(blocks => blocks.Accounts), known = sizes.Sum();
        if (judged < BlockLength || known < BlockLength)
        {
            return null;
        }

        double index = 0;
        for (var peers = 0; peers < _classes.Length; peers++)
        {
            // Half an account is added to either side: an empty class would make the index endless.
            var now = (_classes[peers].Accounts + 0.5) / (judged + (0.5 * _classes.Length));
            var then = (sizes[peers] + 0.5) / (known + (0.5 * _classes.Length));
            index += (now - then) * Math.Log(now / then);
        }

        return Math.Round(index, 4);
    }

    private IEnumerable<string> ShiftedFeatures(PeerBlocks blocks, PeerClass peers)
    {
        if (blocks.LastMeans is not { } means)
        {
            yield break;
        }

        foreach (var model in (LinearModel[])[calibration.AccountBands[0].StructureModel, calibration.ElicitationModel])
        {
            for (var i = 0; i < Math.Min(means.Length, model.Weights.Count); i++)
            {
                var shift = (means[i] - model.Means[i]) / model.Scales[i];
                if (model.Weights[i] != 0 && Math.Abs(shift) > FeatureShiftMax)
                {
                    yield return string.Create(
                        CultureInfo.InvariantCulture,
                        $"{peers} accounts differ from the calibration in {model.Features[i]}: by {shift:+0.0;-0.0} of its scale, bound {FeatureShiftMax:F1}.");
                }
            }
        }
    }
}
