using Stillgate.Detection.Accounts;
using Stillgate.Detection.Background;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Drift;
using Stillgate.Detection.Exposures;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Queue;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Engine;

/// <summary>
/// The analysis: the same object behind the gateway and behind <c>analyze</c>. Fed one exchange after the other in log order by one
/// thread; time is the log's. What it concludes at an exchange depends on nothing that comes later.
/// </summary>
public sealed partial class AnalysisEngine
{
    private const int PromoteAt = 3;
    private const int PromoteIntoCampaignAt = 2;

    /// <summary>Two accounts make a group once both have used what they share so often: as often as a group's median member must.</summary>
    internal const int OftenFrom = GroupMeasurement.MedianExchangesMin;

    private const int PairCount = 2;
    private readonly AnalysisOptions _options;
    private readonly AccountBook _accounts = new();
    private readonly PromptBackground _background;
    private readonly BackgroundLearner _learner;
    private readonly RepeatFilter _repeats;
    private readonly AnchorTable _anchors;
    private readonly ModelLaunches _launches = new();
    private readonly IdentifierAnchors _identifiers;
    private readonly AccountJudge _accountJudge;
    private readonly CampaignBook _campaigns;
    private readonly DriftMonitor _drift;
    private readonly ScriptWatch _scripts = new();
    private readonly List<AnchorGroup> _due = [];
    private long _clockMs = long.MinValue;

    /// <summary>Creates an engine that has seen nothing.</summary>
    /// <param name="options">How to run.</param>
    /// <exception cref="LogFormatException">The background file cannot be read.</exception>
    public AnalysisEngine(AnalysisOptions options)
    {
        _options = options;
        _background = PromptBackground.Load(options.BackgroundFile, options.SketchKey);
        _learner = new BackgroundLearner(_background.Refused);
        _repeats = new RepeatFilter(options.RepeatFilterLog2Bits, options.RepeatFilterLog2BitsMax);
        _anchors = new AnchorTable(_accounts.All);
        _identifiers = new IdentifierAnchors(_anchors);
        _accountJudge = new AccountJudge(options);
        _campaigns = new CampaignBook(options, _anchors, _launches);
        _drift = new DriftMonitor(options.Calibration);
    }

    /// <summary>Exchanges analysed.</summary>
    public long ExchangeCount { get; private set; }

    /// <summary>Accounts and, for declared resellers, end customers seen.</summary>
    public int PrincipalCount => _accounts.All.Count;

    /// <summary>Accounts whose requests show a search for techniques, whatever their verdict: no verdict rests on it, and a figure counts them.</summary>
    internal IReadOnlySet<string> SearchingAccounts => _accounts.All.Where(ElicitationWays.ShowsIn).Select(account => account.Account).ToHashSet(StringComparer.Ordinal);

    /// <summary>Anchors that were found to be harness, framework and tutorial prompts, in the order in which they were.</summary>
    public IReadOnlyList<LearntAnchor> LearntBackground => [.. _learner.Learnt];

    /// <summary>Tells the engine what the operator knows of an account. Takes effect for accounts that have not been seen yet.</summary>
    /// <param name="record">The registration.</param>
    public void Register(RegistrationRecord record) => _accounts.Register(record);

    /// <summary>Analyses an exchange.</summary>
    /// <param name="exchange">The exchange; nothing of it is kept but its id and counters.</param>
    public void Observe(SketchedExchange exchange)
    {
        ExchangeCount++;
        _clockMs = Math.Max(_clockMs, exchange.AtMs);
        var account = _accounts.For(exchange);
        _anchors.SendToRest();
        account.ObserveExposure(exchange);
        if (IsExempt(account, exchange))
        {
            account.CountAttested(exchange);
            return;
        }

        account.Observe(exchange);
        _scripts.Observe(account, exchange);
        var use = _launches.Observe(exchange.Model, exchange.AtMs);
        _identifiers.Observe(account, exchange, use, _due);
        ObserveAnchors(account, exchange, use);
        foreach (var group in _due)
        {
            _campaigns.Judge(group, _clockMs);
        }

        _due.Clear();
        if (account.Count >= account.Found.NextCheckpoint)
        {
            _accountJudge.Judge(account, _clockMs);
            _drift.Observe(account);
        }
    }

    /// <summary>
    /// Packs every account, as the engine does by itself with those that have been idle: for whoever feeds nothing more for a while, or asks
    /// what an account at rest takes. Nothing that is found depends on it.
    /// </summary>
    public void Rest()
    {
        _accounts.Rest();
        _anchors.Rest();
    }

    /// <summary>What several accounts have received together: a region's, an owner's, a plan's. Exact, and for accounting alone.</summary>
    /// <param name="accounts">The accounts; one that has not been seen has received nothing.</param>
    /// <returns>Their exposure as if they were one.</returns>
    public ExposureUnits ExposureOf(IReadOnlySet<string> accounts) =>
        ExposureUnion.Of([.. _accounts.All.Where(state => accounts.Contains(state.Account)).Select(state => state.Exposure)]);

    /// <summary>A consistent picture of everything found so far.</summary>
    /// <returns>Verdicts and campaigns; immutable.</returns>
    public AnalysisSnapshot Snapshot() => ReviewQueue.Order(SnapshotBuilder.Build(_accounts, CampaignMap.Draw(_campaigns.Named, _accounts, _anchors), _options, ExchangeCount, _clockMs), _anchors.SharedCount) with
    {
        Fit = _drift.Report(_scripts.Report(_accounts.All)),
    };

    // Registered evaluation, research and authorised training are set aside first, within scope and quota.
    private static bool IsExempt(AccountState account, SketchedExchange exchange)
    {
        var exemptions = account.Registration.Exemptions;
        if (exemptions.Count == 0 || account.IsOverQuota(exchange.AtMs))
        {
            return false;
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(exchange.AtMs);
        foreach (var attestation in exemptions)
        {
            if (attestation.Covers(exchange.Model, at))
            {
                return true;
            }
        }

        return false;
    }

    private void ObserveAnchors(AccountState account, SketchedExchange exchange, LaunchUse use)
    {
        var content = exchange.Content;
        for (var i = 0; i < content.AnchorCount; i++)
        {
            var anchor = content.Anchors[i];
            if (_background.Contains(anchor) || _learner.Contains(anchor) || !_repeats.SeenBefore(account.Index, anchor))
            {
                continue;
            }

            var uses = account.UseAnchor(anchor);
            var group = _anchors.Find(anchor);
            var kind = anchor == content.SystemId ? GroupKind.SystemPrompt : GroupKind.Template;
            if (uses == PromoteAt || (uses == PromoteIntoCampaignAt && group is { Finding: not null }))
            {
                _anchors.Promote(anchor, kind, account);
                group = _anchors.Find(anchor);
            }
            else if (uses == OftenFrom && group is null)
            {
                _anchors.OpenPair(anchor, kind, account, other => other.Heavy.UsesOf(anchor) >= OftenFrom);
                group = _anchors.Find(anchor);
            }

            if (group is null)
            {
                continue;
            }

            if (group.AccountCount > PairCount)
            {
                _learner.Observe(anchor, uses, account, group.Finding is not null, _clockMs);
            }

            if (group.Observe(account, exchange, use))
            {
                _due.Add(group);
            }
        }
    }
}
