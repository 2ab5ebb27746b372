using Stillgate.Detection.Evidence;
using Stillgate.Lab.Attacks;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Lab.Figures;

public sealed class AttackTests
{
    [Fact]
    public void RingRequest_EveryOption_IsRead()
    {
        var ring = RingRequest.Parse("no-identifiers:40:0.3:each=300:wordings=8:jitter=7.5:distinct");

        Assert.Equal(new RingRequest("no-identifiers", 40, 0.3) { ExchangesEach = 300, WordingCount = 8, JitterDays = 7.5, IsDistinct = true }, ring);
    }

    [Theory]
    [InlineData("judge:5:each=0")]
    [InlineData("judge:5:wordings=x")]
    [InlineData("judge:5:jitter=90")]
    [InlineData("judge:5:distinct=1")]
    [InlineData("judge:5:other=1")]
    [InlineData("judge:5:")]
    public void RingRequest_WrongOption_NamesTheForm(string text)
    {
        var problem = Assert.Throws<SimulationException>(() => RingRequest.Parse(text));

        Assert.StartsWith($"ring {text}: expected KIND:ACCOUNTS", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_AndDistinct_AreComposed()
    {
        var log = Compose("fixed-prompt:12:each=40:distinct");

        var ring = log.Labels.Where(label => label.Harvest).Select(label => label.Account).ToHashSet();
        var counts = log.Exchanges().Where(exchange => ring.Contains(exchange.Account)).CountBy(exchange => exchange.Account).Select(pair => pair.Value).ToArray();
        var registrations = log.Registrations.Where(record => ring.Contains(record.Account)).ToArray();
        Assert.All(counts, count => Assert.InRange(count, 20, 40));
        Assert.Equal(12, registrations.Select(record => record.Payment!.Fingerprint).Distinct().Count());
        Assert.Equal(12, registrations.Select(record => record.Email!.Split('@')[1]).Distinct().Count());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    public void Wordings_AreDealtOverTheAccounts(int count, int atLeast)
    {
        var log = Compose($"paraphrase:8:each=20:wordings={count}");

        // The wording is what all requests of an account begin with; a ring may work in several languages, each with its wordings.
        var languages = log.Labels.Where(label => label.Harvest).ToDictionary(label => label.Account, label => label.Language);
        var beginnings = log.Exchanges().Where(exchange => languages.ContainsKey(exchange.Account)).GroupBy(exchange => exchange.Account)
            .Select(account => (Language: languages[account.Key], Text: Common([.. account.Select(exchange => string.Join('\n', exchange.Request.Messages!.Select(message => message.Content)))])))
            .Distinct().GroupBy(beginning => beginning.Language).Max(language => language.Count());
        Assert.InRange(beginnings, atLeast, count == 1 ? 1 : 8);
    }

    [Fact]
    public void Jitter_SpreadsTheStarts()
    {
        Assert.True(Spread("no-identifiers:12:each=40:jitter=0") < TimeSpan.FromHours(24));
        Assert.True(Spread("no-identifiers:12:each=40:jitter=8") > TimeSpan.FromDays(3));
    }

    [Fact]
    public void Parts_Together_AreTheWholeComposition()
    {
        var simulator = new TrafficSimulator(Composed.Options(seed: 4, scale: 0.01));

        var parts = Enumerable.Range(0, 3).SelectMany(part => simulator.Exchanges(part, 3)).ToArray();

        static string Line(ExchangeRecord record) => $"{record.At:O} {record.Account} {record.Response?.OutputTokens} {record.Request.Messages!.Sum(message => message.Content.Length)}";
        Assert.Equal(simulator.Exchanges().Select(Line).Order(StringComparer.Ordinal), parts.Select(Line).Order(StringComparer.Ordinal));
        Assert.Equal(parts.Length, parts.Select(record => record.Id).Distinct().Count());
    }

    [Fact]
    public void LegitimateExchangesMax_BoundsLegitimateAccountsOnly()
    {
        var simulator = new TrafficSimulator(Composed.Options(seed: 4, scale: 0.02) with { LegitimateExchangesMax = 25, HarvestShare = 0.1 });

        var harvest = simulator.Labels.Where(label => label.Harvest).Select(label => label.Account).ToHashSet();
        var counts = simulator.Exchanges().CountBy(exchange => exchange.Account).ToArray();
        Assert.All(counts.Where(pair => !harvest.Contains(pair.Key)), pair => Assert.InRange(pair.Value, 1, 25));
        Assert.Contains(counts, pair => harvest.Contains(pair.Key) && pair.Value > 25);
    }

    [Fact]
    public void Run_PlainRingInABackground_IsFoundAndAThinOneIsNot()
    {
        var stop = TestContext.Current.CancellationToken;
        var runner = new AttackRunner(CalibrationSet.Shipped, Composed.Options(seed: 1, scale: 0.1), [71], backgroundScale: 0.005);
        runner.Prepare(stop);
        var sweep = AttackSweep.Shards(10, 2_000);

        var outcomes = runner.Run(sweep with { Points = [sweep.Points[0], new AttackPoint(2_000, "thin", [new RingRequest("no-identifiers", 100, null) { ExchangesEach = 3 }])] }, stop);

        Assert.Equal(20, outcomes[0].Report.RingRecall.Total);
        Assert.True(outcomes[0].Report.RingRecall.Share > 0.5);
        Assert.Equal(0, outcomes[1].Report.RingRecall.Hits);
        Assert.StartsWith("**Blind from thin on**", BlindPoint.Describe(outcomes), StringComparison.Ordinal);
        Assert.Equal(1, outcomes[1].ServedShare);
    }

    [Theory]
    [InlineData("90,80,70", "Not blind at the end")]
    [InlineData("90,20,70", "Not blind at the end")]
    [InlineData("90,40,10", "**Blind from s1 on**")]
    [InlineData("40,40,10", "Blind throughout")]
    public void BlindPoint_Course_IsSaidPlainly(string shares, string expected)
    {
        var outcomes = shares.Split(',').Select((share, index) => new AttackOutcome(new AttackPoint(index, $"s{index}", []), Report(int.Parse(share, System.Globalization.CultureInfo.InvariantCulture)))).ToArray();

        Assert.StartsWith(expected, BlindPoint.Describe(outcomes), StringComparison.Ordinal);
    }

    private static EvaluationReport Report(int flaggedOfHundred) => new()
    {
        FalseAlarms = default,
        FalseAlarmsByKind = new Dictionary<string, Rate>(),
        FalseAlarmsByLanguage = new Dictionary<string, Rate>(),
        RecallByRingKind = new Dictionary<string, Rate>(),
        RecallBySingleKind = new Dictionary<string, Rate>(),
        RingRecall = new Rate(flaggedOfHundred, 100),
        LoudBy128 = default,
        Rings = [],
        PairPrecision = default,
        PairRecall = default,
        HarvestLegitimatePairs = 0,
        UndecidableHarvests = default,
        UndecidableLegitimate = default,
    };

    private static TrafficSimulator Compose(string ring) =>
        new(Composed.Options(seed: 9, scale: 0.001) with { HarvestShare = 0, Rings = [RingRequest.Parse(ring)] });

    private static TimeSpan Spread(string ring)
    {
        var log = Compose(ring);
        var members = log.Labels.Where(label => label.Harvest).Select(label => label.Account).ToHashSet();
        var starts = log.Exchanges().Where(exchange => members.Contains(exchange.Account)).GroupBy(exchange => exchange.Account).Select(account => account.Min(exchange => exchange.At)).ToArray();
        return starts.Max() - starts.Min();
    }

    private static string Common(string[] texts)
    {
        var length = 0;
        while (texts.All(text => length < text.Length && text[length] == texts[0][length]))
        {
            length++;
        }

        return texts[0][..length];
    }
}
