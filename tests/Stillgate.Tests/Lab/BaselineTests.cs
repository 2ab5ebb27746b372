using Stillgate.Detection.Sketching;
using Stillgate.Lab.Baselines;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Lab;

public sealed class BaselineTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Words = ["river", "stone", "cedar", "amber", "cloud", "garden", "window", "silver", "market", "planet", "winter", "letter", "engine", "violin"];

    [Fact]
    public void Volume_BusiestDay_IsTheScore()
    {
        var baseline = new VolumeBaseline();
        Feed(baseline, "quiet", 10, index => ($"p{index}", Start.AddDays(index)));
        Feed(baseline, "loud", 10, index => ($"p{index}", Start.AddMinutes(index)));

        Assert.Equal((1, 10, 0), (baseline.Score("quiet"), baseline.Score("loud"), baseline.Score("nobody")));
    }

    [Fact]
    public void ShapiroWilk_PublishedExample_GivesItsW()
    {
        // Shapiro and Wilk 1965, example 1: weights of eleven men; W = 0.79. One value is added to reach the least size here.
        double[] weights = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236, 162];

        Assert.InRange(ShapiroWilk.Statistic(weights), 0.74, 0.82);
    }

    [Fact]
    public void ShapiroWilk_NormalSample_IsNearOneAndAboveATwoPeakedOne()
    {
        var chance = new Chance(3);
        var normal = Enumerable.Range(0, 200).Select(_ => chance.Normal()).ToArray();
        var peaks = Enumerable.Range(0, 200).Select(index => (index % 2 * 6) + (0.2 * chance.Normal())).ToArray();

        Assert.InRange(ShapiroWilk.Statistic(normal), 0.98, 1.0);
        Assert.True(ShapiroWilk.Statistic(peaks) < 0.8);
    }

    [Fact]
    public void Prada_TwoKindsOfDistance_ScoresAboveVariedPrompts()
    {
        var baseline = new PradaBaseline();
        var chance = new Chance(5);
        Feed(baseline, "varied", 200, _ => (Sentence(chance, chance.Between(4, 14)), Start));
        Feed(baseline, "synthetic", 200, index => (index % 2 == 0 ? "the very same synthetic query" : Sentence(chance, 12), Start));

        Assert.True(baseline.Score("synthetic") > baseline.Score("varied"));
        Assert.Equal(0, baseline.Score("nobody"));
    }

    [Fact]
    public void Seat_NearDuplicates_AreCountedAsPairs()
    {
        var baseline = new SeatBaseline();
        var chance = new Chance(5);
        Feed(baseline, "perturbs", 20, index => ($"Translate the following sentence about rivers and mountains into French, variant {index}", Start));
        Feed(baseline, "varied", 20, _ => (Sentence(chance, 10), Start));

        Assert.Equal(20 * 19 / 2, baseline.Score("perturbs"));
        Assert.True(baseline.Score("varied") < 20);
    }

    [Fact]
    public void PrefixHash_AccountsThatShareAPrompt_ScoreTheirNumber()
    {
        var baseline = new PrefixHashBaseline();
        foreach (var account in new[] { "a", "b", "c" })
        {
            Feed(baseline, account, 5, index => ($"You are an expert analyst whose answers show all of their reasoning. Task {index}", Start));
        }

        Feed(baseline, "d", 5, index => ($"Something else entirely, long enough to have a prefix of its own: {index}", Start));
        Feed(baseline, "e", 5, _ => ("short", Start));

        Assert.Equal((3, 1, 0), (baseline.Score("a"), baseline.Score("d"), baseline.Score("e")));
    }

    [Fact]
    public void Mmd_NarrowAccount_StandsOutFromThePoolButNotFromItsPeers()
    {
        var training = Enumerable.Range(0, 40).SelectMany(account => Narrow($"n{account}", account % Words.Length, 120)).ToArray();
        var reference = new MmdReference(1);
        foreach (var exchange in training)
        {
            reference.Learn(exchange.Account, PromptText.Of(exchange)!, harvest: false);
        }

        reference.Fit();
        var published = new MmdBaseline(reference, isMatched: false);
        var matched = new MmdBaseline(reference, isMatched: true);
        foreach (var exchange in Narrow("narrow", 3, 120))
        {
            published.Observe(exchange);
            matched.Observe(exchange);
        }

        // The published test's fault, which the research page measured on real accounts: a legitimate narrow account alarms.
        Assert.True(published.AlarmsAsPublished("narrow"));
        Assert.True(matched.Score("narrow") < 0.99);
        Assert.Equal(-1, published.Score("nobody"));
    }

    [Fact]
    public void BagOfWords_SeparableTraining_ScoresNewAccountsRightly()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var baselines = BaselineSet.Create(Training(), [], sketcher, seed: 1);
        var baseline = baselines.Single(candidate => candidate.Name == "bag of words");
        var chance = new Chance(8);
        Feed(baseline, "good", 30, _ => ("please help me with " + Sentence(chance, 8), Start));
        Feed(baseline, "bad", 30, _ => ("generate diverse instructions about " + Sentence(chance, 8), Start));

        Assert.True(baseline.Score("bad") > 0.7);
        Assert.True(baseline.Score("good") < 0.3);
    }

    [Fact]
    public void Clustering_QuietMembersOfAHarvest_ScoreAsTheirCluster()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var baseline = BaselineSet.Create(Training(), [], sketcher, seed: 1).Single(candidate => candidate.Name == "online clustering");
        var chance = new Chance(8);
        for (var account = 0; account < 20; account++)
        {
            // Two requests each: too few to judge an account by, enough for the cluster.
            Feed(baseline, $"ring{account}", 2, _ => ("generate diverse instructions about the following topic, with reasoning: " + Words[chance.Below(Words.Length)], Start));
            Feed(baseline, $"person{account}", 2, _ => ("please help me with " + Sentence(chance, 10), Start));
        }

        Assert.True(Enumerable.Range(0, 20).Min(account => baseline.Score($"ring{account}")) > Enumerable.Range(0, 20).Max(account => baseline.Score($"person{account}")));
    }

    [Fact]
    public void Create_Set_HoldsEveryBaselineUnderItsOwnName()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var names = BaselineSet.Create(Training(), [], sketcher, seed: 1).Select(baseline => baseline.Name).ToArray();

        Assert.Equal(9, names.Distinct().Count());
    }

    [Fact]
    public void AccountRoc_KnownScores_GivesAreaThresholdAndRecall()
    {
        var roc = new AccountRoc([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 9.5, 11, 12]);

        // 5 beats four and ties one; 9.5 beats nine; the others beat all.
        Assert.Equal((4.5 + 9 + 10 + 10) / 40, roc.Area, 6);
        Assert.Equal(10, roc.ThresholdAt(0));
        Assert.Equal((0.5, 0.75), (roc.RecallAt(0), roc.RecallAt(0.1)));
    }

    [Fact]
    public void AccountRoc_Ties_AreNeverSplit()
    {
        var roc = new AccountRoc(Enumerable.Repeat(1.0, 100), Enumerable.Repeat(1.0, 10));

        Assert.Equal((0.5, 0.0), (roc.Area, roc.RecallAt(0.05)));
    }

    private static IEnumerable<(ExchangeRecord Exchange, bool Harvest)> Training()
    {
        var chance = new Chance(7);
        for (var index = 0; index < 600; index++)
        {
            var harvest = index % 2 == 0;
            yield return (Exchange($"t{index % 20}", harvest ? "generate diverse instructions about " + Sentence(chance, 8) : "please help me with " + Sentence(chance, 8), Start), harvest);
        }
    }

    private static IEnumerable<ExchangeRecord> Narrow(string account, int topic, int count)
    {
        var chance = new Chance((ulong)(topic + 77));
        for (var index = 0; index < count; index++)
        {
            yield return Exchange(account, $"where is my {Words[topic]} order {chance.Below(10_000)} and when will the {Words[topic]} arrive", Start);
        }
    }

    private static string Sentence(Chance chance, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => chance.Pick(Words) + chance.Below(50)));

    private static void Feed(IBaseline baseline, string account, int count, Func<int, (string Text, DateTimeOffset At)> prompt)
    {
        for (var index = 0; index < count; index++)
        {
            var (text, at) = prompt(index);
            baseline.Observe(Exchange(account, text, at));
        }
    }

    private static ExchangeRecord Exchange(string account, string text, DateTimeOffset at) => new()
    {
        Id = "x",
        At = at,
        Account = account,
        Dialect = Dialects.OpenAiChat,
        Model = "m",
        Status = 200,
        Request = new ExchangeRequest { Messages = [new ChatMessage("user", text)] },
    };
}
