using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Tests.Lab;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>A search for techniques that is dealt out over the accounts of a campaign: which campaign is given it as a reason, and which is not.</summary>
public sealed class CampaignSearchTests
{
    private const string Code = "TECHNIQUE_SEARCH";
    private static readonly Cues[] Families = [.. Enum.GetValues<Cues>().Where(cue => cue is not (Cues.None or Cues.StepByStep))];
    private static readonly AnalysisOptions Options = new() { Calibration = CalibrationSet.Shipped, RepeatFilterLog2Bits = 22 };

    // Each searching account tries three wordings of its own; the others harvest in several wordings of one wish, or in one of each of several languages.
    private static readonly Lazy<Log> Composition = new(() =>
    {
        var simulator = new TrafficSimulator(Composed.Options(seed: 31, scale: 0.006) with
        {
            HarvestShare = 0,
            Wrappers = WrapperHalf.Report,
            Rings = [.. new[] { "technique-search:12:each=80:wordings=3", "paraphrase:12:each=80:wordings=6", "fixed-prompt:12:each=80:wordings=6", "judge:12:each=80" }.Select(RingRequest.Parse)],
        });
        return new Log([.. simulator.Exchanges()], [.. simulator.Registrations], simulator.Labels.ToDictionary(label => label.Account, label => label.RingKind));
    });

    private static readonly Lazy<AnalysisSnapshot> Whole = new(() => Analyse(Composition.Value.Exchanges));

    [Fact]
    public void Snapshot_TechniquesDealtOut_AreTheCampaignsReason()
    {
        var campaign = Assert.Single(Whole.Value.Campaigns, IsSearching);

        var reason = Assert.Single(campaign.Reasons, reason => reason.Code == Code);
        Assert.Equal(12, campaign.Accounts.Count);
        Assert.Matches(@"^About \d+ ways of asking for training data in 960 requests of 12 accounts, none of which searches by itself: at least \d+ of them ask for reasoning, tasks or traces, and no passage of prompt is in more than \d+\.$", reason.Text);
        Assert.Equal(0, reason.Weight);
        Assert.Same(reason, campaign.Reasons[^1]);
        Assert.Equal(3, reason.Exchanges.Distinct(StringComparer.Ordinal).Count());
        Assert.All(reason.Exchanges, id => Assert.Contains(Composition.Value.Exchanges.Single(exchange => exchange.Id == id).Account, campaign.Accounts));
    }

    [Fact]
    public void Snapshot_TechniquesDealtOut_AreNoAccountsReason()
    {
        var members = Whole.Value.Campaigns.Single(IsSearching).Accounts;

        Assert.All(Whole.Value.Verdicts.Where(verdict => members.Contains(verdict.Account)), verdict => Assert.Equal(Verdict.Harvest, verdict.Verdict));
        Assert.DoesNotContain(Whole.Value.Verdicts, verdict => verdict.Reasons.Any(reason => reason.Code == Code));
    }

    [Fact]
    public void Snapshot_CampaignsThatHarvest_AreNotGivenIt()
    {
        var others = Whole.Value.Campaigns.Where(campaign => !IsSearching(campaign)).ToArray();

        Assert.Equal(["fixed-prompt", "judge", "paraphrase"], others.Select(campaign => Composition.Value.RingKinds[campaign.Accounts[0]]!).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(others, campaign => campaign.Reasons.Any(reason => reason.Code == Code));
    }

    [Fact]
    public void Snapshot_MomentsBeforeTheEnd_IsThatOfTheLogCutThere()
    {
        var log = Composition.Value.Exchanges;
        var at = log.Count * 7 / 10;
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var engine = Registered();
        AnalysisSnapshot? then = null;
        foreach (var (number, record) in log.Index())
        {
            then = number == at ? engine.Snapshot() : then;
            Observe(engine, sketcher, record);
        }

        using var folder = new TemporaryFolder();
        var cut = Analyse(log.Take(at));
        Assert.Contains(cut.Campaigns, campaign => campaign.Reasons.Any(reason => reason.Code == Code));
        Assert.Equal(Findings(folder, cut), Findings(folder, then!));
        Assert.Equal(Findings(folder, Whole.Value), Findings(folder, engine.Snapshot()));
    }

    [Fact]
    public async Task Analysis_GoesOnFromACheckpoint_SaysTheSame()
    {
        using var folder = new TemporaryFolder();
        var log = Composition.Value;
        var path = Exchanges.Write(folder.Path, "log.jsonl", log.Exchanges.Take(log.Exchanges.Count / 2));
        await AnalyseAsync(path, folder.File("analysis.checkpoint"));
        Exchanges.Write(folder.Path, "log.jsonl", log.Exchanges);

        var resumed = await AnalyseAsync(path, folder.File("analysis.checkpoint"));

        Assert.Equal(log.Exchanges.Count, resumed.ExchangeCount);
        Assert.Equal(Findings(folder, Whole.Value), Findings(folder, resumed));
        Assert.Contains(Code, Findings(folder, resumed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(13, true)]
    public void Explain_OneWayEach_IsASearchFromSevenOn(int members, bool expected)
    {
        var accounts = Enumerable.Range(0, members).Select(member => Account(member, Enumerable.Repeat(Families[member], 30)));

        var reason = CampaignSearch.Explain([.. accounts]);

        Assert.Equal(expected ? $"About {members} ways of asking for training data in {members * 30} requests of {members} accounts, none of which searches by itself: at least {members * 30} of them ask for reasoning, tasks or traces, and no passage of prompt is in more than 0." : null, reason?.Text);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(150, true)]
    [InlineData(151, false)]
    public void Explain_UnderASixthOfWhatTheySendAsks_IsNone(int others, bool expected)
    {
        // Ten families, three exchanges each: 30 of up to 180 ask.
        var accounts = Enumerable.Range(0, 10).Select(member => Account(member, Enumerable.Repeat(Families[member], 3).Concat(Enumerable.Repeat(Cues.None, member == 0 ? others : 0))));

        Assert.Equal(expected, CampaignSearch.Explain([.. accounts]) is not null);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Explain_OnePassageInMostOfWhatAsks_IsNoneHoweverManySendIt(int uses, bool expected)
    {
        // 300 ask. The first use, which the filter holds back, counts too.
        var accounts = Enumerable.Range(0, 10).Select(member => Using(Account(member, Enumerable.Repeat(Families[member], 30)), passage: 7, uses)).ToArray();

        Assert.Equal(expected, CampaignSearch.Explain(accounts) is not null);
    }

    [Fact]
    public void Explain_EachMemberWithAPassageOfItsOwn_IsASearch()
    {
        // Whoever is dealt one technique sends its wrapper every time.
        var accounts = Enumerable.Range(0, 10).Select(member => Using(Account(member, Enumerable.Repeat(Families[member], 30)), passage: (ulong)member + 1, uses: 30)).ToArray();

        Assert.EndsWith("no passage of prompt is in more than 30.", CampaignSearch.Explain(accounts)!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_OneMemberIsAllOfTheSearch_IsLeftToIt()
    {
        var searching = Account(0, Cycle(Families, 130));
        var others = Enumerable.Range(1, 5).Select(member => Account(member, Enumerable.Repeat(Cues.Judge, 4)));

        Assert.True(ElicitationWays.ShowsIn(searching));
        Assert.Null(CampaignSearch.Explain([searching, .. others]));
        Assert.Null(CampaignSearch.Explain([searching]));
    }

    [Fact]
    public void Explain_OneMemberSearchesAndTheOthersDo_SaysBoth()
    {
        var others = Enumerable.Range(1, 9).Select(member => Account(member, Enumerable.Repeat(Families[member], 10)));

        Assert.Contains("of 10 accounts, one of which searches by itself: ", CampaignSearch.Explain([Account(0, Cycle(Families, 130)), .. others])!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0, "of 2 accounts, all of which search by themselves: ")]
    [InlineData(2, 3, "of 5 accounts, 2 of which search by themselves: ")]
    public void Explain_MoreThanOneMemberSearches_SaysHowMany(int searching, int others, string expected)
    {
        var accounts = Enumerable.Range(0, searching).Select(member => Account(member, Cycle(Families, 130)))
            .Concat(Enumerable.Range(searching, others).Select(member => Account(member, Enumerable.Repeat(Cues.Judge, 4))));

        Assert.Contains(expected, CampaignSearch.Explain([.. accounts])!.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<Cues> Cycle(Cues[] cues, int count) => Enumerable.Range(0, count).Select(number => cues[number % cues.Length]);

    private static AccountState Account(int index, IEnumerable<Cues> cues)
    {
        var account = new AccountState { Index = index, Account = $"a-{index}", Registration = RegistrationFacts.Unknown };
        foreach (var (number, cue) in cues.Index())
        {
            var exchange = new SketchedExchange { Id = $"x-{index}", AtMs = number * 60_000L, Account = account.Account, Model = "m", Status = 200 };
            exchange.Content.Cues = cue;
            account.Observe(exchange);
        }

        return account;
    }

    private static AccountState Using(AccountState account, ulong passage, int uses)
    {
        for (var use = 1; use < uses; use++)
        {
            account.UseAnchor(passage);
        }

        return account;
    }

    private static bool IsSearching(Campaign campaign) => campaign.Accounts.All(account => Composition.Value.RingKinds[account] == RingKinds.TechniqueSearch);

    private static AnalysisEngine Registered()
    {
        var engine = new AnalysisEngine(Options);
        foreach (var registration in Composition.Value.Registrations)
        {
            engine.Register(registration);
        }

        return engine;
    }

    private static AnalysisSnapshot Analyse(IEnumerable<ExchangeRecord> records)
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var engine = Registered();
        foreach (var record in records)
        {
            Observe(engine, sketcher, record);
        }

        return engine.Snapshot();
    }

    private static void Observe(AnalysisEngine engine, ExchangeSketcher sketcher, ExchangeRecord record)
    {
        var exchange = new SketchedExchange();
        if (ExchangeReading.TryRead(record, sketcher, exchange))
        {
            engine.Observe(exchange);
        }
    }

    private static async Task<AnalysisSnapshot> AnalyseAsync(string log, string checkpoint) =>
        (await new LogAnalysis(log, Composition.Value.Registrations, Options, problem => Assert.Fail(problem.ToString())) { Checkpoint = new CheckpointOptions(checkpoint, 100_000, _ => { }) }
            .RunAsync(null, TestContext.Current.CancellationToken)).Snapshot;

    // What a reader of the findings sees, to the byte.
    private static string Findings(TemporaryFolder folder, AnalysisSnapshot snapshot)
    {
        var path = folder.File(Path.GetRandomFileName());
        FindingsWriter.Write(path, snapshot, _ => { });
        return File.ReadAllText(Path.Combine(path, "verdicts.jsonl")) + File.ReadAllText(Path.Combine(path, "campaigns.jsonl"));
    }

    private sealed record Log(IReadOnlyList<ExchangeRecord> Exchanges, IReadOnlyList<RegistrationRecord> Registrations, IReadOnlyDictionary<string, string?> RingKinds);
}
