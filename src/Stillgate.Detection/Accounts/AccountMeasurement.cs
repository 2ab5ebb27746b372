using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// Measures an account: structure features first, indexed by <see cref="AccountFeature"/>, then the share of each cue, which is nothing where asking is no habit of
/// the account: words that a part of its requests have say little of it.
/// </summary>
internal static class AccountMeasurement
{
    public const int FeatureCount = (int)AccountFeature.StructureCount + AccountState.CueCount;

    /// <summary>What <see cref="AccountFeature.HourEvenness"/> is where it says nothing either way: about what an ordinary account shows.</summary>
    public const double HourEvennessUntold = 2 / 3.0;

    private const double WeekMs = 7 * 86_400_000.0;
    private const double HourMs = 3_600_000;

    // A life of less lies in so few hours of the clock that how even they are depends on where it began.
    private const double HoursToTell = 3;

    // Even use over S hours falls on the clock's hours as on S of them where it begins with one, and as on up to S + 0.8 where it begins within one.
    private const double PartHour = 0.5;

    /// <summary>Names of the features in their order, as a calibration writes them.</summary>
    public static IReadOnlyList<string> FeatureNames { get; } =
    [
        .. Enumerable.Range(0, (int)AccountFeature.StructureCount).Select(index => ((AccountFeature)index).ToString()),
        .. Enumerable.Range(0, AccountState.CueCount).Select(index => "Cue" + (Cues)(1 << index)),
    ];

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
        var isHabit = ElicitationWays.IsHabitOf(account);
        for (var cue = 0; isHabit && cue < AccountState.CueCount; cue++)
        {
            features[(int)AccountFeature.StructureCount + cue] = account.Cues[cue] / n;
        }

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
        var hours = (account.LastAtMs - account.FirstAtMs) / HourMs;
        Set(features, AccountFeature.Rate, Math.Log(account.Count / Math.Max(1.0 / 60, hours)));
        Set(features, AccountFeature.HourEvenness, HourEvenness(account.Hours, hours));
    }

    // Over all 24 hours, whoever takes everything within one hour would look as uneven as can be, which speaks for an account.
    private static double HourEvenness(ReadOnlySpan<ushort> hours, double lifeHours)
    {
        if (lifeHours < HoursToTell)
        {
            return HourEvennessUntold;
        }

        double entropy = 0, total = 0;
        foreach (var count in hours)
        {
            total += count;
        }

        foreach (var count in hours)
        {
            entropy -= count > 0 ? count / total * Math.Log(count / total) : 0;
        }

        return Math.Min(1, entropy / Math.Log(Math.Min(hours.Length, lifeHours + PartHour)));
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
