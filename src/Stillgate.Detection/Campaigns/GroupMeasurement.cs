using Stillgate.Detection.Accounts;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Campaigns;

/// <summary>Measures a group: one array, indexed by <see cref="GroupFeature"/>.</summary>
internal static class GroupMeasurement
{
    /// <summary>A member counts once it has used the anchor so often: fewer uses say nothing of how it is used.</summary>
    public const int MemberExchangesMin = 5;

    /// <summary>A group is measured once it has so many members that count.</summary>
    public const int MembersMin = 2;

    /// <summary>And most members have so many exchanges: harvesting is bulk, and a class that tries its assignment's prompt is not.</summary>
    public const int MedianExchangesMin = 16;

    private const int LikenessMembersMax = 24;

    // Median of generated tokens in the published Azure conversation trace (2023): 129.
    private const double OrdinaryAnswerTokens = 128;

    private const double DayMs = 86_400_000;

    /// <summary>Names of the features in their order, as a calibration writes them.</summary>
    public static IReadOnlyList<string> FeatureNames { get; } = [.. Enumerable.Range(0, (int)GroupFeature.Count).Select(index => ((GroupFeature)index).ToString())];

    /// <summary>
    /// The members that a group is measured by: those that use what it shares, the customers of a declared reseller apart, whom the
    /// reseller's own programs make alike.
    /// </summary>
    public static MemberStats[] Measured(AnchorGroup group) =>
        [.. group.Members.Where(member => member.Count >= MemberExchangesMin && !member.Account.Registration.Reseller)];

    /// <summary>Members that a measurement was made of.</summary>
    public static int MemberCount(double[] features) => (int)Math.Round(Math.Exp(features[(int)GroupFeature.Members]));

    /// <returns>The features, or null where too few members have done enough to be measured.</returns>
    public static double[]? Measure(AnchorGroup group, AddressSharing addresses, AnchorTable anchors, ModelLaunches launches)
    {
        if (!group.HasDoneEnough(MembersMin, MemberExchangesMin, MedianExchangesMin))
        {
            return null;
        }

        var members = Measured(group);
        addresses.Look(members);
        var features = new double[(int)GroupFeature.Count];
        var sums = MemberSums.Of(members);
        var n = sums.Count;
        Set(features, GroupFeature.Members, Math.Log(members.Length));
        SetDoings(features, sums);
        Set(features, GroupFeature.SharedContents, group.Contents.SharedShare);
        Set(features, GroupFeature.Repeats, Math.Max(0, group.Contents.RepeatShare - features[(int)GroupFeature.Resamples]));
        Set(features, GroupFeature.QuickGaps, sums.QuickCount / n);
        Set(features, GroupFeature.Dominance, sums.Shares / members.Length);
        Set(features, GroupFeature.HumanGaps, sums.HumanGapCount / n);
        Set(features, GroupFeature.PooledHours, PooledHours(group.Hours));
        Set(features, GroupFeature.SharedAddress, members.Count(member => addresses.IsShared(member.Account)) / (double)members.Length);
        Set(features, GroupFeature.Likeness, Likeness(members, anchors));
        Set(features, GroupFeature.Runs, group.Times.Runs(group.Members.Select(member => member.Count)));
        Set(features, GroupFeature.Pivot, group.Times.Pivot(launches));
        Set(features, GroupFeature.TakeOver, MemberTimes.TakeOver(members));
        MeasureSubjects(members, features);
        MeasureLoad(members, features);
        MeasureIdentity(members, features);
        return features;
    }

    /// <summary>
    /// Puts a member's own doings in the place of the group's: an ordinary customer among the members then measures as one.
    /// </summary>
    /// <returns>The group's features as they would be if every member did as this one does.</returns>
    public static double[] MeasureMember(MemberStats member, double[] group)
    {
        var features = (double[])group.Clone();
        SetDoings(features, MemberSums.Of(member));
        return features;
    }

    private static void SetDoings(double[] features, in MemberSums sums)
    {
        var n = sums.Count;
        Set(features, GroupFeature.SingleTurn, sums.SingleTurnCount / n);
        Set(features, GroupFeature.ToolTurns, sums.ToolCount / n);
        Set(features, GroupFeature.ReasoningCues, sums.StrongCueCount / n);
        Set(features, GroupFeature.TaskCues, sums.TaskCueCount / n);
        Set(features, GroupFeature.JudgeCues, sums.JudgeCueCount / n);
        Set(features, GroupFeature.TrajectoryCues, sums.TrajectoryCueCount / n);
        Set(features, GroupFeature.PersonaCues, sums.PersonaCueCount / n);
        Set(features, GroupFeature.LongAnswers, LongAnswers(sums.OutputTokens / n));
        Set(features, GroupFeature.ReasoningShare, sums.OutputTokens > 0 ? sums.ReasoningTokens / sums.OutputTokens : 0);
        Set(features, GroupFeature.Resamples, sums.ResampleCount / n);
    }

    private static double LongAnswers(double meanTokens) => Math.Log10(Math.Max(OrdinaryAnswerTokens, meanTokens) / OrdinaryAnswerTokens);

    private static void Set(double[] features, GroupFeature feature, double value) => features[(int)feature] = value;

    /// <summary>
    /// One-way analysis of variance of the subject vectors by account. For shards of one list dealt out at random, the mean squares
    /// between and within accounts have the same expectation; accounts with subjects of their own drive the ratio up.
    /// </summary>
    private static void MeasureSubjects(MemberStats[] members, double[] features)
    {
        Span<double> total = stackalloc double[SketchedExchange.EmbeddingLength];
        total.Clear();
        double n = 0, squares = 0, explained = 0;
        foreach (var member in members)
        {
            n += member.Count;
            squares += member.EmbeddingSquares;
            double own = 0;
            for (var i = 0; i < total.Length; i++)
            {
                total[i] += member.EmbeddingSum[i];
                own += (double)member.EmbeddingSum[i] * member.EmbeddingSum[i];
            }

            explained += own / member.Count;
        }

        double mean = 0;
        foreach (var sum in total)
        {
            mean += sum * sum;
        }

        mean /= n;
        var between = Math.Max(0, explained - mean) / Math.Max(1, members.Length - 1);
        var within = Math.Max(1e-9, squares - explained) / Math.Max(1, n - members.Length);
        Set(features, GroupFeature.Separation, Math.Log((between + 1e-3) / (within + 1e-3)));
        Set(features, GroupFeature.Breadth, squares > 0 ? 1 - (mean / squares) : 0);
    }

    private static void MeasureLoad(MemberStats[] members, double[] features)
    {
        var counts = members.Select(member => (double)member.Count).Order().ToArray();
        double weighted = 0, sum = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            weighted += (i + 1) * counts[i];
            sum += counts[i];
        }

        var gini = (2 * weighted / (counts.Length * sum)) - ((counts.Length + 1.0) / counts.Length);
        Set(features, GroupFeature.Unevenness, gini);
        Set(features, GroupFeature.MedianExchanges, Math.Log(counts[counts.Length / 2]));
        Set(features, GroupFeature.HourSpread, MemberTimes.HourSpread(members));
        Set(features, GroupFeature.StartBurst, DensestShare([.. members.Select(member => member.FirstAtMs)], DayMs));
        Set(features, GroupFeature.Lockstep, MemberTimes.Lockstep(members));
        Set(features, GroupFeature.RefusedMembers, members.Count(member => member.RefusedCount > 0) / (double)members.Length);
    }

    /// <summary>Entropy over the hours, with the Miller-Madow correction for few exchanges, over that of an even day.</summary>
    private static double PooledHours(ReadOnlySpan<uint> hours)
    {
        double total = 0, entropy = 0;
        var seen = 0;
        foreach (var count in hours)
        {
            total += count;
        }

        foreach (var count in hours)
        {
            if (count > 0)
            {
                seen++;
                entropy -= count / total * Math.Log(count / total);
            }
        }

        return Math.Min(1, (entropy + ((seen - 1) / (2 * total))) / Math.Log(24));
    }

    private static void MeasureIdentity(MemberStats[] members, double[] features)
    {
        var created = members.Where(member => member.Account.Registration.CreatedAtMs is not null)
            .Select(member => member.Account.Registration.CreatedAtMs!.Value).ToArray();
        Set(features, GroupFeature.RegistrationBurst, created.Length >= 3 ? DensestShare(created, 3 * DayMs) : 0);
        Set(features, GroupFeature.SharedPayment, SharedShare(members, registration => registration.Identifiers.Payment));
        Set(features, GroupFeature.SharedEmailPattern, SharedShare(members, registration => registration.Identifiers.EmailPattern));
        var organization = members[0].Account.Registration.Organization;
        var one = organization != 0 && Array.TrueForAll(members, member => member.Account.Registration.Organization == organization);
        Set(features, GroupFeature.OneOrganization, one ? 1 : 0);
        Set(features, GroupFeature.FreshAccounts, members.Count(IsFresh) / (double)members.Length);
    }

    private static bool IsFresh(MemberStats member) =>
        member.Account.Registration.CreatedAtMs is { } created && member.Account.FirstAtMs - created is >= 0 and < (long)(7 * DayMs);

    /// <summary>
    /// Share of members that have a value in common with another. Accounts of one declared organisation share by declaration: that is
    /// no evidence.
    /// </summary>
    private static double SharedShare(MemberStats[] members, Func<RegistrationFacts, ulong> value)
    {
        var holders = new Dictionary<ulong, (int Count, ulong Organization, bool IsOne)>();
        foreach (var member in members)
        {
            var held = value(member.Account.Registration);
            if (held != 0)
            {
                var organization = member.Account.Registration.Organization;
                var (count, first, isOne) = holders.GetValueOrDefault(held, (0, organization, organization != 0));
                holders[held] = (count + 1, first, isOne && organization == first);
            }
        }

        return holders.Values.Where(same => same.Count > 1 && !same.IsOne).Sum(same => same.Count) / (double)members.Length;
    }

    // Each member with the next two around the circle: as good as all pairs, for a fraction of the work.
    private static double Likeness(MemberStats[] members, AnchorTable anchors)
    {
        var looked = Math.Min(members.Length, LikenessMembersMax);
        var profiles = new AccountProfile[looked];
        for (var i = 0; i < looked; i++)
        {
            profiles[i] = AccountProfile.Of(members[(int)((long)i * members.Length / looked)].Account, anchors);
        }

        double sum = 0;
        for (var i = 0; i < looked; i++)
        {
            sum += profiles[i].Similarity(profiles[(i + 1) % looked]) + (looked > 2 ? profiles[i].Similarity(profiles[(i + 2) % looked]) : 0);
        }

        return sum / ((looked > 2 ? 2 : 1) * looked);
    }

    private static double DensestShare(long[] times, double windowMs)
    {
        Array.Sort(times);
        var best = 0;
        for (int first = 0, last = 0; last < times.Length; last++)
        {
            while (times[last] - times[first] > windowMs)
            {
                first++;
            }

            best = Math.Max(best, last - first + 1);
        }

        // Any one time lies in a window with itself: that much is left out.
        return times.Length > 1 ? (best - 1) / (double)(times.Length - 1) : 0;
    }
}
