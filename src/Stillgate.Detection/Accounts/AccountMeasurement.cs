using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// Measures an account: structure features first, indexed by <see cref="AccountFeature"/>, then the share of each cue, and last the
/// share of exchanges with any of the eliciting ones.
/// </summary>
internal static class AccountMeasurement
{
    /// <summary>Where the share of exchanges that ask for anything that harvests take stands.</summary>
    public const int Eliciting = (int)AccountFeature.StructureCount + AccountState.CueCount;

    public const int FeatureCount = Eliciting + 1;

    /// <summary>Names of the features in their order: those of a calibration's models.</summary>
    public static string[] Names { get; } =
    [
        .. Enumerable.Range(0, (int)AccountFeature.StructureCount).Select(index => ((AccountFeature)index).ToString()),
        .. Enumerable.Range(0, AccountState.CueCount).Select(index => "Cue" + (Cues)(1 << index)),
        "Eliciting",
    ];

    private const double WeekMs = 7 * 86_400_000.0;

    public static double[] Measure(AccountState account)
    {
        var features = new double[FeatureCount];
        double n = account.Count;
        Set(features, AccountFeature.SingleTurn, account.SingleTurnCount / n);
        Set(features, AccountFeature.ToolTurns, account.ToolTurnCount / n);
        Set(features, AccountFeature.Switches, account.ConversationSwitches / n);
        Set(features, AccountFeature.Resamples, account.ResampleCount / n);
        Set(features, AccountFeature.Distinct, Math.Min(1, account.DistinctEstimate() / n));
        Set(features, AccountFeature.LongAnswers, account.LongAnswerCount / n);
        Set(features, AccountFeature.OutputTokens, Math.Log10(1 + (account.OutputTokens / n)));
        Set(features, AccountFeature.ReasoningShare, account.OutputTokens > 0 ? (double)account.ReasoningTokens / account.OutputTokens : 0);
        MeasurePace(account, features);
        MeasureSubject(account, features);
        Set(features, AccountFeature.Template, account.HighestUse / n);
        Set(features, AccountFeature.Fresh, account.Registration.CreatedAtMs is { } created && account.FirstAtMs - created is >= 0 and < (long)WeekMs ? 1 : 0);
        for (var cue = 0; cue < AccountState.CueCount; cue++)
        {
            features[(int)AccountFeature.StructureCount + cue] = account.Cues[cue] / n;
        }

        features[Eliciting] = account.ElicitingCount / n;
        return features;
    }

    /// <summary>The peer class is read off the behaviour itself, so that comparing within it stays exact (Mondrian conformal prediction, Vovk 2003).</summary>
    public static PeerClass Classify(AccountState account)
    {
        double n = account.Count;
        if (account.ToolTurnCount / n > 0.2)
        {
            return PeerClass.Agent;
        }

        return account.SingleTurnCount / n < 0.7 ? PeerClass.Conversational : PeerClass.SingleTurn;
    }

    private static void Set(double[] features, AccountFeature feature, double value) => features[(int)feature] = value;

    private static void MeasurePace(AccountState account, double[] features)
    {
        double gaps = Math.Max(1, account.Count - 1);
        var mean = account.GapLogSum / gaps;
        Set(features, AccountFeature.GapMean, mean);
        Set(features, AccountFeature.GapSpread, Math.Sqrt(Math.Max(0, (account.GapLogSquares / gaps) - (mean * mean))));
        Set(features, AccountFeature.QuickGaps, (account.Gaps[0] + account.Gaps[1]) / gaps);
        Set(features, AccountFeature.HumanGaps, (account.Gaps[2] + account.Gaps[3] + account.Gaps[4]) / gaps);
        // Everybody is quick for a minute: the first hour counts in full.
        var hours = Math.Max(1, (account.LastAtMs - account.FirstAtMs) / 3_600_000.0);
        Set(features, AccountFeature.Rate, Math.Log(account.Count / hours));
        MeasureHours(account, features);
        double entropy = 0, total = 0;
        foreach (var count in account.Hours)
        {
            total += count;
        }

        foreach (var count in account.Hours)
        {
            entropy -= count > 0 ? count / total * Math.Log(count / total) : 0;
        }

        Set(features, AccountFeature.HourEvenness, entropy / Math.Log(24));
    }

    private static void MeasureHours(AccountState account, double[] features)
    {
        var hours = Math.Max(account.ActiveHourCount, (account.LastAtMs / 3_600_000) - (account.FirstAtMs / 3_600_000) + 1);
        Set(features, AccountFeature.Continuity, (double)account.ActiveHourCount / hours);
        var mean = (double)account.Count / hours;
        var variance = Math.Max(0, ((double)account.HourSquares / hours) - (mean * mean));

        // Half an exchange on either side keeps the logarithm of few hours finite and near 0.
        Set(features, AccountFeature.Burstiness, Math.Log((variance + 0.5) / (mean + 0.5)));
    }

    private static void MeasureSubject(AccountState account, double[] features)
    {
        double mean = 0;
        foreach (var sum in account.EmbeddingSum)
        {
            mean += (double)sum * sum;
        }

        var breadth = account.EmbeddingSquares > 0 ? 1 - (mean / account.Count / account.EmbeddingSquares) : 0;
        Set(features, AccountFeature.Breadth, breadth);
    }
}
