using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Attacks;
using Stillgate.Lab.Baselines;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Figures;
using Stillgate.Lab.Simulation;
using Xunit;

namespace Stillgate.Tests.Lab.Figures;

/// <summary>The published page from composed folders.</summary>
public sealed class DetectionFiguresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stillgate-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Write_SmallLogs_GivesAPageAndItsCharts()
    {
        var stop = TestContext.Current.CancellationToken;
        var heard = new List<string>();
        var options = new DetectionFiguresOptions
        {
            Folders = [Compose("one", 31, WrapperHalf.Report), Compose("two", 32, WrapperHalf.Report)],
            TrainingFolder = Compose("tune", 33, WrapperHalf.Tune),
            LanguageFolders = [Compose("three", 34, WrapperHalf.Report)],
            Calibration = CalibrationSet.Shipped,
            OnPart = heard.Add,
        };

        var parts = await new DetectionFigures(options).WriteAsync(Path.Combine(_folder, "page.md"), stop);

        var page = await File.ReadAllTextAsync(Path.Combine(_folder, "page.md"), stop);
        Assert.Equal(["analysis of the text logs", "speed from a sketch log", "languages", "baselines", "ablation"], heard);
        Assert.Equal(heard, parts.Select(part => part.Split(':')[0]));
        Assert.Contains("exchanges/s from a sketch log", page, StringComparison.Ordinal);
        var legitimate = new[] { "one", "two", "three" }.Sum(name => LabelFile.ReadAll(Path.Combine(_folder, name, "labels.jsonl")).Count(label => label is { Harvest: false, Undecidable: false }));
        var compared = int.Parse(Regex.Match(page, @"same rules over ([\d,]+) legitimate").Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.InRange(compared, legitimate * 9 / 10, legitimate);
        Assert.Contains("## Pairs that content cannot separate", page, StringComparison.Ordinal);
        Assert.Matches(@"\| FRAUDAR's blocks over every account \| \d+/[1-9]\d*, ", page);
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        Assert.All(new TrainedBaselines([], seed: 1).Fresh([], sketcher), baseline => Assert.Contains($"| {baseline.Name} | ", page, StringComparison.Ordinal));
        Assert.All(SignalFamily.All, family => Assert.Contains($"| {family.Name} | ", page, StringComparison.Ordinal));
        var charts = Directory.GetFiles(_folder, "page-*.svg");
        Assert.Equal(5, charts.Length);
        Assert.All(charts, chart => Assert.Contains($"]({Path.GetFileName(chart)})", page, StringComparison.Ordinal));
        Assert.All(charts, chart => Assert.NotEmpty(XDocument.Load(chart).Root!.Elements()));
    }

    [Fact]
    public void AttackSection_Outcomes_AreTabledChartedAndJudged()
    {
        var stop = TestContext.Current.CancellationToken;
        var runner = new AttackRunner(CalibrationSet.Shipped, Composed.Options(seed: 1, scale: 0.1), [71], backgroundScale: 0.003);
        runner.Prepare(stop);
        var sweep = AttackSweep.Jitter() with { Points = [new AttackPoint(0, "thin", [new RingRequest("judge", 6, null) { ExchangesEach = 2 }])] };
        var (page, charts) = (new MarkdownPage(), new ChartFiles("p"));
        var outcomes = runner.Run(sweep, stop);

        AttackSection.Write(page, charts, Findings(sweep, outcomes, outcomes[0]));

        Assert.Contains("| thin | 0/", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("Blind throughout", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("| judge | 0/", page.ToString(), StringComparison.Ordinal);
        Assert.Equal("p-attack-jitter.svg", Assert.Single(charts.Files).Name);
    }

    [Fact]
    public void AttackSection_Search_SaysWhoShowsItWhateverTheVerdict()
    {
        var stop = TestContext.Current.CancellationToken;
        var runner = new AttackRunner(CalibrationSet.Shipped, Composed.Options(seed: 1, scale: 0.1) with { Wrappers = WrapperHalf.Report }, [71], backgroundScale: 0.003);
        runner.Prepare(stop);
        var sweep = AttackSweep.Search(1) with { Points = [new AttackPoint(2, "few", [new RingRequest("technique-search", 2, null) { ExchangesEach = 300 }])] };
        var others = runner.Run(new AttackPoint(0, "others", [new RingRequest("fixed-prompt", 6, null) { ExchangesEach = 60 }]), stop);
        var (page, charts) = (new MarkdownPage(), new ChartFiles("p"));
        var outcomes = runner.Run(sweep, stop);

        AttackSection.Write(page, charts, Findings(sweep, outcomes, others));

        Assert.Contains("### What TECHNIQUE_SEARCH says, and of whom", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("| few | 2/2, 100.00 %", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("Of accounts of rings of every other kind 0/12, 0.00 %", page.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"show it, of legitimate accounts 0/\d+, 0\.00 %", page.ToString());
        Assert.Equal((2L, 2L), (outcomes[0].Searching["technique-search"].Hits, outcomes[0].Report.RecallByRingKind["technique-search"].Total));
    }

    [Fact]
    public void Curve_KnownScores_PassesThroughEveryThreshold()
    {
        var curve = new AccountRoc([1, 2, 3, 4], [3, 5]).Curve();

        Assert.Equal([(0, 0), (0, 0.5), (0.25, 0.5), (0.5, 1), (0.75, 1), (1, 1)], curve);
    }

    private string Compose(string name, long seed, WrapperHalf wrappers)
    {
        var folder = Path.Combine(_folder, name);
        new TrafficSimulator(Composed.Options(seed, scale: 0.015) with { OutputFolder = folder, HarvestShare = 0.4, Wrappers = wrappers }).Write(progress: null, TestContext.Current.CancellationToken);
        return folder;
    }

    private static DetectionFindings Findings(AttackSweep sweep, IReadOnlyList<AttackOutcome> outcomes, AttackOutcome identifiers) => new()
    {
        Calibration = "c",
        Logs = [],
        Speeds = [],
        Report = outcomes[0].Report,
        Detectors = [],
        Maps = [],
        Loose = new LooseAlarms(),
        Ablation = [],
        Attacks = [(sweep, outcomes)],
        Identifiers = (identifiers, identifiers),
        Parts = [],
    };
}
