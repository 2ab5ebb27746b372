using Stillgate.Detection.Accounts;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Stillgate.Lab.Simulation.Harvesting;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Tests.Lab;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>The search for techniques: who is given it as a reason, and who is not.</summary>
public sealed class ElicitationWaysTests
{
    private static readonly ControlScores EverybodyIsUnusual = ControlScores.Of(Enumerable.Repeat(-1e9, 9_999), keep: 600);

    private static readonly Cues[] Families = [.. Enum.GetValues<Cues>().Where(cue => cue is not (Cues.None or Cues.StepByStep))];

    // Every account that reaches a checkpoint is flagged, so that only the reason itself tells them apart.
    private static readonly Lazy<(SketchedLog Log, EngineRun Run)> Mixed = new(() =>
    {
        var controls = new AccountControls { Structure = EverybodyIsUnusual, Elicitation = EverybodyIsUnusual, Pace = EverybodyIsUnusual, Content = EverybodyIsUnusual, Together = EverybodyIsUnusual };
        var calibration = CalibrationSet.Shipped with { AccountBands = [.. CalibrationSet.Shipped.AccountBands.Select(band => band with { Controls = [controls, controls, controls] })] };
        var log = SketchedLog.Compose(
            Composed.Options(seed: 21, scale: 0.012) with
            {
                HarvestShare = 0,
                Wrappers = WrapperHalf.Report,
                Rings = [RingRequest.Parse("technique-search:5:each=300:distinct"), RingRequest.Parse("fixed-prompt:5:each=300:distinct"), RingRequest.Parse("paraphrase:5:each=300:distinct"), RingRequest.Parse("judge:5:each=300:distinct")],
            },
            CancellationToken.None);
        return (log, log.Analyse(calibration, blindfold: null, observer: null, CancellationToken.None));
    });

    [Fact]
    public void Snapshot_SearchingAccounts_AreGivenTheReasonInWords()
    {
        var reasons = VerdictsOf(label => label.RingKind == RingKinds.TechniqueSearch).Select(verdict => verdict.Reasons.SingleOrDefault(reason => reason.Code == "TECHNIQUE_SEARCH")).ToArray();

        Assert.Equal(5, reasons.Length);
        Assert.All(reasons, reason => Assert.Matches(@"^About \d+ ways of asking for training data in \d+ requests: at least \d+ of them ask for reasoning, tasks or traces, and no passage of prompt is in more than \d+\.$", reason!.Text));
        Assert.All(reasons, reason => Assert.Equal(0, reason!.Weight));
        Assert.All(reasons, reason => Assert.NotEmpty(Assert.Single(reason!.Exchanges)));
    }

    [Theory]
    [InlineData("fixed-prompt")]
    [InlineData("paraphrase")]
    [InlineData("judge")]
    public void Snapshot_HarvestersWithOneWrapper_AreNotGivenIt(string kind)
    {
        var verdicts = VerdictsOf(label => label.RingKind == kind);

        Assert.Equal(5, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Harvest, verdict.Verdict));
        Assert.All(verdicts, verdict => Assert.DoesNotContain(verdict.Reasons, reason => reason.Code == "TECHNIQUE_SEARCH"));
    }

    [Fact]
    public void Snapshot_LegitimateAccounts_AreNotGivenItEvenWhereTheyAreFlagged()
    {
        var verdicts = VerdictsOf(label => !label.Harvest);

        Assert.True(verdicts.Count(verdict => verdict.Verdict == Verdict.Harvest) > 10);
        Assert.All(verdicts, verdict => Assert.DoesNotContain(verdict.Reasons, reason => reason.Code == "TECHNIQUE_SEARCH"));
    }

    [Fact]
    public void Searching_ByTheTruth_HoldsTheSearchingAccountsAlone() =>
        Assert.Equal(
            Mixed.Value.Log.Labels.Values.Where(label => label.RingKind == RingKinds.TechniqueSearch).Select(label => label.Account).Order(StringComparer.Ordinal),
            Mixed.Value.Run.Searching.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(13, true)]
    public void Ways_EquallyCommonCues_AreTheirNumber(int cues, bool isSearch)
    {
        var account = Account(Enumerable.Range(0, 13 * 6 * 7).Select(number => Families[number % cues]));

        var ways = ElicitationWays.Of(account);

        Assert.Equal(cues, ways.Ways, tolerance: 0.05);
        Assert.Equal(isSearch, ways.IsSearch(account));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(700, true)]
    [InlineData(701, false)]
    public void IsSearch_UnderASixthOfTheExchangesAsk_IsNone(int others, bool expected)
    {
        // All seven that ask for reasoning at once, and the others in turn: 140 exchanges give a cue that is counted as one.
        var asking = Enumerable.Range(0, 140).Select(number => CueGroups.Strong | Families[number % Families.Length]);
        var account = Account(asking.Concat(Enumerable.Repeat(Cues.StepByStep, others)));

        Assert.Equal(140, ElicitationWays.Of(account).Asking);
        Assert.Equal(expected, ElicitationWays.Of(account).IsSearch(account));
    }

    [Theory]
    [InlineData(92, true)]
    [InlineData(93, false)]
    public void IsSearch_OnePassageInMostOfWhatAsks_IsNone(int uses, bool expected)
    {
        // The first use, which the filter holds back, counts too.
        var account = Account(Enumerable.Range(0, 140).Select(_ => CueGroups.Strong));
        for (var use = 0; use < uses; use++)
        {
            account.UseAnchor(7);
        }

        Assert.Equal(expected, ElicitationWays.Of(account).IsSearch(account));
    }

    [Fact]
    public void ShowsIn_AccountAtRest_LeavesItAtRest()
    {
        var account = Account(Families);
        account.Rest();

        Assert.True(ElicitationWays.ShowsIn(account));
        Assert.True(account.IsAtRest);
    }

    [Fact]
    public void Ways_NoCue_AreNone()
    {
        var account = Account(Enumerable.Repeat(Cues.StepByStep, 40));

        Assert.Equal(default, ElicitationWays.Of(account));
        Assert.False(ElicitationWays.ShowsIn(account));
    }

    [Fact]
    public void Ways_VariantsOfOneWish_AreFewerThanASearchInEveryLanguage()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var wishes = BuiltInTexts.All.SelectMany(texts => texts.Wrappers.GroupBy(wrapper => wrapper.Style).Select(wish => (Name: $"{texts.Language} {wish.Key}", ElicitationWays.Of(VariantsOf(texts, [.. wish], sketcher)).Ways))).ToArray();

        var many = wishes.Where(wish => wish.Ways >= ElicitationWays.WaysMin).ToArray();

        Assert.True(wishes.Length >= 80);
        Assert.True(many.Length == 0, string.Join(", ", many));
    }

    // As a team tries them: both authored wordings, alternatives and added directives anew each time, over two dozen tasks.
    private static AccountState VariantsOf(LanguageTexts texts, Wrapper[] wish, ExchangeSketcher sketcher)
    {
        var chance = new Chance(5);
        var tasks = BuiltInTexts.Tasks(texts, texts.Tasks, new Chance(3));
        var account = Account([]);
        for (var number = 0; number < 100; number++)
        {
            var wording = SettledWrapper.Draw(chance.Pick(wish), texts, chance);
            var script = new HarvestScript { User = wording.User, System = wording.System, Style = wish[0].Style, Tasks = tasks, Texts = texts, Shard = new Shard(0, 1, number % 24), Settings = new() };
            var exchange = new SketchedExchange { Id = "x", AtMs = number * 60_000L, Account = "a", Model = "m", Status = 200 };
            var asked = Exchanges.Ask("x", "a", Exchanges.Start, "");
            sketcher.Sketch(asked with { Request = asked.Request with { Messages = script.Contents(chance).First().Messages } }, exchange.Content);
            account.Observe(exchange);
        }

        return account;
    }

    private static IReadOnlyList<AccountVerdict> VerdictsOf(Func<AccountLabel, bool> which) =>
        [.. Mixed.Value.Run.Snapshot.Verdicts.Where(verdict => which(Mixed.Value.Log.Labels[verdict.Account]))];

    private static AccountState Account(IEnumerable<Cues> cues)
    {
        var account = new AccountState { Index = 0, Account = "a", Registration = RegistrationFacts.Unknown };
        foreach (var (number, cue) in cues.Index())
        {
            var exchange = new SketchedExchange { Id = "x", AtMs = number * 60_000L, Account = "a", Model = "m", Status = 200 };
            exchange.Content.Cues = cue;
            account.Observe(exchange);
        }

        return account;
    }
}
