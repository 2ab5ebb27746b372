using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// Scores an account at its checkpoints, for two kinds of evidence apart: how it behaves, and what it asks for. Each gets a conformal
/// p-value against legitimate accounts of its peer class at the same checkpoint, times the number of checkpoints; harvest needs both.
/// </summary>
internal sealed class AccountJudge(AnalysisOptions options)
{
    private readonly CalibrationSet _calibration = options.Calibration;

    public void Judge(AccountState account, long clockMs)
    {
        var evidence = account.Evidence;
        var checkpoint = Checkpoints.IndexOf(evidence.NextCheckpoint);
        evidence.NextCheckpoint = Checkpoints.After(evidence.NextCheckpoint);
        var peers = (int)AccountMeasurement.Classify(account);
        var features = AccountMeasurement.Measure(account);
        options.Observer?.AccountMeasured(account.Account, peers, checkpoint, features);
        var structure = PValue(_calibration.StructureControls[peers][checkpoint], _calibration.StructureModel.Score(features));
        var elicitation = PValue(_calibration.ElicitationControls[peers][checkpoint], _calibration.ElicitationModel.Score(features));
        var worse = Math.Max(structure, elicitation);
        if (evidence.BehaviourFeatures is null || worse < evidence.BehaviourP)
        {
            evidence.BehaviourP = worse;
            evidence.BehaviourFeatures = features;
        }

        var budget = _calibration.AccountAlpha;
        var verdict = worse <= budget ? Verdict.Harvest : Math.Min(structure, elicitation) <= budget ? Verdict.Watch : Verdict.Clear;
        if (verdict == Verdict.Harvest && account.Registration.Reseller)
        {
            verdict = Verdict.Watch;
        }

        if (verdict > evidence.Verdict)
        {
            evidence.Verdict = verdict;
        }

        if (evidence.Verdict == Verdict.Harvest)
        {
            evidence.FlaggedAt ??= new FlagPoint(account.LastExchange, account.Count, DateTimeOffset.FromUnixTimeMilliseconds(clockMs));
        }
    }

    // Bonferroni over the checkpoints: the bound then holds for "ever", under any dependence between them.
    private static double PValue(ControlScores controls, double score) => Math.Min(1, controls.PValue(score) * Checkpoints.Count);
}
