using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Exposures;
using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Engine;

/// <summary>Turns the engine's state into findings that a reader may keep.</summary>
internal static class SnapshotBuilder
{
    // One exposure unit: 1,000 diverse full traces of 4,000 tokens (docs/signals.md).
    private const double UnitTokens = 4_000_000;

    public static AnalysisSnapshot Build(AccountBook accounts, IReadOnlyList<CampaignState> campaigns, AnalysisOptions options, long exchanges, long clockMs)
    {
        var drawn = campaigns.Select(Campaign).ToArray();
        var campaignOf = drawn.SelectMany(campaign => campaign.Accounts, (campaign, account) => (campaign, account))
            .DistinctBy(pair => pair.account, StringComparer.Ordinal)
            .ToDictionary(pair => pair.account, pair => pair.campaign, StringComparer.Ordinal);
        return new AnalysisSnapshot
        {
            AsOf = exchanges == 0 ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeMilliseconds(clockMs),
            ExchangeCount = exchanges,
            Campaigns = drawn,
            Verdicts = [.. accounts.All
                .GroupBy(state => state.Account, StringComparer.Ordinal)
                .Select(principals => AtRest([.. principals], all => Verdict(all, campaignOf.GetValueOrDefault(principals.Key), options)))
                .OrderByDescending(verdict => verdict.Verdict)
                .ThenByDescending(verdict => verdict.Exposure.Exchanges)
                .ThenBy(verdict => verdict.Account, StringComparer.Ordinal)],
        };
    }

    /// <summary>Sends those that were at rest back to it: a picture of a million accounts must not unpack them all at once.</summary>
    private static AccountVerdict AtRest(AccountState[] principals, Func<AccountState[], AccountVerdict> judge)
    {
        var resting = principals.Where(principal => principal.IsAtRest).ToArray();
        var verdict = judge(principals);
        foreach (var principal in resting)
        {
            principal.Rest();
        }

        return verdict;
    }

    private static Campaign Campaign(CampaignState campaign)
    {
        var finding = campaign.Members.Select(member => member.Found.Group!.Finding!).MinBy(group => group.PValue)!;
        return new Campaign
        {
            Id = campaign.Id,
            Accounts = [.. campaign.Members.Select(member => member.Account).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Links = [.. campaign.Links.Select(GroupReasons.Link).OrderByDescending(link => link.Weight)],
            FirstSeen = Time(campaign.Members.Min(member => member.FirstAtMs)),
            LastSeen = Time(campaign.Members.Max(member => member.LastAtMs)),
            NamedAt = campaign.NamedAt,
            Exchanges = campaign.Members.Sum(member => member.Count),
            ExchangesWhenNamed = campaign.Members.Sum(member => member.Found.FlaggedAt!.Index),
            PValue = finding.PValue,
            Reasons = CampaignSearch.Explain(campaign.Members) is { } search ? [.. finding.Reasons, search] : finding.Reasons,
            Exposure = ExposureUnion.Of([.. campaign.Members.Select(member => member.Exposure)]),
        };
    }

    /// <summary>One line for an account: its worst principal's verdict, everybody's exposure.</summary>
    private static AccountVerdict Verdict(AccountState[] principals, Campaign? campaign, AnalysisOptions options)
    {
        var worst = principals.MaxBy(state => (state.Found.Verdict, state.Count))!;
        var evidence = worst.Found;
        var reasons = new List<Reason>();
        if (evidence.Group?.Finding is { } finding)
        {
            reasons.AddRange(finding.Reasons);
        }

        if (evidence.Verdict != Findings.Verdict.Clear)
        {
            reasons.AddRange(AccountReasons.Explain(worst, options.Calibration).Where(reason => reasons.TrueForAll(known => known.Code != reason.Code)));
        }

        return new AccountVerdict
        {
            Account = worst.Account,
            Verdict = evidence.Verdict,
            PValue = Math.Min(evidence.BehaviourP, evidence.Group?.Finding?.PValue ?? 1),
            OwnPValue = evidence.BehaviourP,
            Campaign = campaign?.Id,
            FlaggedAt = evidence.FlaggedAt,
            Axes = Axes(worst),
            Reasons = reasons,
            Exposure = Exposure(principals),
        };
    }

    private static BehaviourAxes Axes(AccountState account)
    {
        if (account.Count == 0)
        {
            return new BehaviourAxes(0, 0, 0, 0);
        }

        var features = AccountMeasurement.Measure(account);
        var cues = account.StrongCueCount + account.Cues[6] + account.Cues[7] + account.Cues[8] + account.Cues[9];
        return new BehaviourAxes(
            Share(Math.Log(1 + account.Count) / Math.Log(100_000)),
            Share((features[(int)AccountFeature.SingleTurn] + features[(int)AccountFeature.Template]) / 2),
            Share(features[(int)AccountFeature.Breadth]),
            Share((double)cues / account.Count));
    }

    private static double Share(double value) => Math.Round(Math.Clamp(value, 0, 1), 3);

    private static Exposure Exposure(AccountState[] principals)
    {
        var exchanges = principals.Sum(state => state.ServedCount + state.AttestedCount);
        var tokens = principals.Sum(state => state.OutputTokens + state.AttestedOutputTokens);
        var distinct = (long)Math.Round(principals.Sum(state => state.Count == 0 ? 0 : state.DistinctEstimate()));
        return new Exposure(exchanges, Math.Min(distinct, principals.Sum(state => state.Count)), tokens, Math.Round(tokens / UnitTokens, 6))
        {
            Received = principals.Length == 1 ? ExposureUnion.Of(principals[0].Exposure) : ExposureUnion.Of([.. principals.Select(state => state.Exposure)]),
        };
    }

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
