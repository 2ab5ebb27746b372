using Stillgate.Detection.Accounts;
using Stillgate.Detection.Drift;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>The alarms on a calibration that no longer fits: their laws, their bounds, and that no verdict follows from them.</summary>
public sealed class DriftTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(20, 5, 99)]
    [InlineData(250, 50, 999)]
    [InlineData(250, 3, 400)]
    public void BetaBinomial_Tail_IsThatOfAMixtureOfBinomials(int n, int k, int size)
    {
        // The mixture written out: integrate the binomial's tail over the beta density by its midpoints.
        const int steps = 20_000;
        for (var x = 0; x <= 12; x += 3)
        {
            double mass = 0, tail = 0;
            for (var i = 0; i < steps; i++)
            {
                var p = (i + 0.5) / steps;
                var density = Math.Exp(((k - 1) * Math.Log(p)) + ((size - k) * Math.Log(1 - p)) - ((k - 1) * Math.Log((k - 0.5) / size)) - ((size - k) * Math.Log(1 - ((k - 0.5) / size))));
                mass += density;
                tail += density * BinomialTail(x, n, p);
            }

            Assert.Equal(tail / mass, BetaBinomial.UpperTail(x, n, k, size), 3);
        }
    }

    [Theory]
    [InlineData(3, 10, 8, 40)]
    [InlineData(0, 10, 8, 40)]
    [InlineData(8, 35, 8, 40)]
    [InlineData(4, 5, 38, 40)]
    public void Hypergeometric_Tail_IsWhatCountingGives(int atLeast, int part, int marked, int population)
    {
        double tail = 0;
        for (var x = atLeast; x <= Math.Min(part, marked); x++)
        {
            tail += Choose(marked, x) * Choose(population - marked, part - x) / Choose(population, part);
        }

        Assert.Equal(tail, Hypergeometric.UpperTail(atLeast, part, marked, population), 9);
    }

    [Fact]
    public void Report_AccountsOfTheCalibrationsKind_RaisesNoAlarmInTwoHundredDeployments()
    {
        // Deployments that share nothing: each has its own calibration and its own accounts, drawn from one law.
        var alarms = Enumerable.Range(0, 200).Count(seed => Feed(new Random(seed), shift: 0).Report([]).PeerClasses.Any(fit => fit.IsDrifting));

        Assert.True(alarms <= 2, $"{alarms} of 200; at most 0.2 are expected");
    }

    [Fact]
    public void Report_AccountsThatScoreHigher_RaisesTheAlarm()
    {
        var fit = Feed(new Random(1), shift: 1.5).Report([]);

        Assert.Contains(fit.PeerClasses, peers => peers.IsDrifting && peers.ShareBelow > 0.15);
        Assert.Contains(fit.Alarms, alarm => alarm.StartsWith("The calibration no longer fits SingleTurn accounts", StringComparison.Ordinal));
    }

    [Fact]
    public void Report_AnotherMixOfPeers_RaisesTheAlarm()
    {
        // The calibration holds as many accounts of each class; the traffic holds one class alone.
        var fit = Feed(new Random(1), shift: 0).Report([]);

        Assert.True(fit.PeerMixIndex > DriftMonitor.PeerMixMax);
        Assert.Contains(fit.Alarms, alarm => alarm.StartsWith("The mix of peer classes", StringComparison.Ordinal));
    }

    [Fact]
    public void Scripts_FlagsOnOneScriptAlone_AreUneven()
    {
        var watch = new ScriptWatch();
        var accounts = Enumerable.Range(0, 400).Select(index => Account(index, 40)).ToArray();
        foreach (var account in accounts)
        {
            for (var i = 0; i < 5; i++)
            {
                watch.Observe(account, Written(account.Index < 300 ? "plain words in latin letters" : "простые слова"));
            }

            // One message in another script changes nothing.
            watch.Observe(account, Written("日本語の文"));
        }

        foreach (var account in accounts[300..320])
        {
            account.Evidence.Verdict = Verdict.Harvest;
        }

        var report = watch.Report(accounts);

        var uneven = Assert.Single(report, flags => flags.IsUneven);
        Assert.Equal(("Cyrillic", 100, 20), (uneven.Script, uneven.Judged, uneven.Flagged));
        Assert.Equal(300, report.Single(flags => flags.Script == "Latin").Judged);
    }

    [Theory]
    [InlineData("How are you?", Script.Latin)]
    [InlineData("Như thế nào", Script.Latin)]
    [InlineData("Как дела?", Script.Cyrillic)]
    [InlineData("你好吗", Script.Han)]
    [InlineData("おげんきですか", Script.Han)]
    [InlineData("어떻게 지내세요", Script.Hangul)]
    [InlineData("كيف حالك", Script.Arabic)]
    [InlineData("आप कैसे हैं", Script.Indic)]
    [InlineData("สบายดีไหม", Script.Indic)]
    [InlineData("ሰላም ነው", Script.Other)]
    [InlineData("12 + 30 = ?", Script.Unknown)]
    public void Script_OfAText_IsThatOfMostLetters(string text, Script expected) => Assert.Equal(expected, ScriptReader.Get(ScriptReader.Of(text)));

    [Fact]
    public async Task Verdicts_WithScriptsTakenOut_AreTheSame()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 70)).Select(sketcher.WithoutContent).ToArray();
        var without = records.Select(WithoutScript).ToArray();

        var (watched, blind) = (await AnalyseAsync(records), await AnalyseAsync(without));

        Assert.Equal("Latin", Assert.Single(watched.Snapshot.Fit.Scripts).Script);
        Assert.Equal("Unknown", Assert.Single(blind.Snapshot.Fit.Scripts).Script);
        Assert.Equal(watched.Snapshot.Verdicts.Select(Judgement), blind.Snapshot.Verdicts.Select(Judgement));
        Assert.Contains(watched.Snapshot.Verdicts, verdict => verdict.Verdict == Verdict.Harvest);
    }

    private static string Judgement(AccountVerdict verdict) => $"{verdict.Account} {verdict.Verdict} {verdict.PValue:R} {verdict.FlaggedAt} {verdict.Campaign}";

    private static ExchangeRecord WithoutScript(ExchangeRecord record)
    {
        var content = new SketchContent();
        Assert.True(SketchCodec.TryDecode(record.Sketch!, content));
        content.Traits &= ~RequestTraits.ScriptMask;
        return record with { Sketch = SketchCodec.Encode(content, record.Sketch!.KeyId) };
    }

    /// <summary>Two thousand accounts of one class, whose scores are the calibration's law moved by so many standard deviations.</summary>
    private static DriftMonitor Feed(Random chance, double shift)
    {
        const int size = 2_000;
        var controls = ControlScores.Of(Enumerable.Range(0, size).Select(_ => Normal(chance)), keep: 400);
        var each = new AccountControls { Structure = controls, Elicitation = controls, Together = controls };
        var calibration = CalibrationSet.Shipped with { AccountBands = [CalibrationSet.Shipped.AccountBands[0] with { Share = 1, Controls = [each, each, each] }] };
        var monitor = new DriftMonitor(calibration);
        for (var index = 0; index < 2_000; index++)
        {
            var account = Account(index, 32);
            account.Evidence.NextCheckpoint = Checkpoints.After(Checkpoints.First);
            account.Evidence.EarlyP = controls.PValue(Normal(chance) + shift);
            monitor.Observe(account);
        }

        return monitor;
    }

    private static AccountState Account(int index, int exchanges)
    {
        var account = new AccountState { Index = index, Account = $"a-{index}", Registration = RegistrationFacts.Unknown };
        var exchange = new SketchedExchange { Status = 200 };
        for (var i = 0; i < exchanges; i++)
        {
            exchange.AtMs += 60_000;
            exchange.Content.ContentId = (ulong)i + 1;
            account.Observe(exchange);
        }

        return account;
    }

    private static SketchedExchange Written(string text)
    {
        var exchange = new SketchedExchange();
        exchange.Content.Traits = ScriptReader.Of(text);
        return exchange;
    }

    private static double Normal(Random chance) => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());

    private static double BinomialTail(int atLeast, int n, double p)
    {
        double below = 0;
        for (var x = 0; x < atLeast; x++)
        {
            below += Choose(n, x) * Math.Pow(p, x) * Math.Pow(1 - p, n - x);
        }

        return 1 - below;
    }

    private static double Choose(int n, int k)
    {
        double choose = 1;
        for (var i = 1; i <= k; i++)
        {
            choose *= (n - k + i) / (double)i;
        }

        return choose;
    }

    private async Task<AnalysisRun> AnalyseAsync(IEnumerable<ExchangeRecord> records)
    {
        var path = Exchanges.Write(_folder.Path, $"{Path.GetRandomFileName()}.jsonl", records);
        return await new LogAnalysis(path, [], new AnalysisOptions { Calibration = CalibrationSet.Shipped, RepeatFilterLog2Bits = 20 }, problem => Assert.Fail(problem.ToString()))
            .RunAsync(null, TestContext.Current.CancellationToken);
    }
}
