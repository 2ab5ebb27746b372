using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// Scores an account at its checkpoints, for each kind of evidence apart: how it behaves (when it sends, and what), and what it asks for. Each score is compared
/// with the highest that legitimate accounts of the peer class ever reached at the checkpoints of the same band, so that its conformal p-value,
/// over the band's share of the budget, bounds the chance of ever looking this bad. Harvest needs two kinds to be unusual by themselves, and all together to be rare.
/// </summary>
internal sealed class AccountJudge(AnalysisOptions options)
{
    // An account this close to the budget is worth a person's look.
    private const double WatchFactor = 5;

    private readonly CalibrationSet _calibration = options.Calibration;

    public void Judge(AccountState account, long clockMs)
    {
        var evidence = account.Evidence;
        var checkpoint = Checkpoints.IndexOf(evidence.NextCheckpoint);
        evidence.NextCheckpoint = Checkpoints.After(evidence.NextCheckpoint);
        var peers = (int)AccountMeasurement.Classify(account);
        var features = AccountMeasurement.Measure(account);
        options.Observer?.AccountMeasured(account.Account, peers, checkpoint, features);
        var bandIndex = _calibration.BandOf(checkpoint);
        var band = _calibration.AccountBands[bandIndex];
        var controls = band.Controls[peers];
        var scores = AccountScores.Of(features, band.StructureModel, _calibration.ElicitationModel);
        var own = controls.Together.PValue(scores.Together);
        var together = Math.Min(1, own / band.Share);
        if (band.FirstCheckpoint == 0)
        {
            evidence.EarlyP = Math.Min(evidence.EarlyP, own);
        }

        if (evidence.BehaviourFeatures is null || together < evidence.BehaviourP)
        {
            evidence.BehaviourP = together;
            evidence.BehaviourFeatures = features;
            evidence.BehaviourBand = bandIndex;
        }

        var isHarvest = together <= _calibration.AccountAlpha && scores.ShowTwoKinds(controls, _calibration.KindAlpha) && !account.Registration.Reseller;
        if (isHarvest)
        {
            evidence.Verdict = Verdict.Harvest;
            evidence.FlaggedAt ??= new FlagPoint(account.LastExchange, account.Count, DateTimeOffset.FromUnixTimeMilliseconds(clockMs));
        }
        else if (together <= WatchFactor * _calibration.AccountAlpha && evidence.Verdict == Verdict.Clear)
        {
            evidence.Verdict = Verdict.Watch;
        }
    }
}
