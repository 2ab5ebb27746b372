using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>The analysis from a log file to findings.</summary>
public sealed class AnalysisTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stillgate-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_RingAmongPeople_NamesTheRingAndNobodyElse()
    {
        var run = await AnalyseAsync(Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)));

        var harvest = run.Snapshot.Verdicts.Where(verdict => verdict.Verdict == Verdict.Harvest).Select(verdict => verdict.Account).Order(StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, 8).Select(account => $"ring-{account:D2}"), harvest);
        var campaign = Assert.Single(run.Snapshot.Campaigns);
        Assert.Equal(8, campaign.Accounts.Count);
        Assert.Equal(7, campaign.Links.Count);
        Assert.NotEmpty(campaign.Reasons);
        Assert.True(campaign.ExchangesWhenNamed < campaign.Exchanges / 2);
    }

    [Fact]
    public async Task Run_LogCutAfterTheFlag_FlagsAtTheSamePoint()
    {
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)).ToArray();
        var whole = Flags(await AnalyseAsync(records));
        var last = whole.Values.Max(flag => flag.At);

        var cut = Flags(await AnalyseAsync(records.Where(record => record.At <= last)));

        Assert.NotEmpty(whole);
        Assert.Equal(whole, cut);
    }

    [Fact]
    public async Task Run_LogBeforeTheFirstFlag_FlagsNobody()
    {
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)).ToArray();
        var first = Flags(await AnalyseAsync(records)).Values.Min(flag => flag.At);

        Assert.Empty(Flags(await AnalyseAsync(records.Where(record => record.At < first))));
    }

    [Fact]
    public async Task Run_SketchLog_FindsWhatTheTextLogFinds()
    {
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)).ToArray();
        using var sketcher = new ExchangeSketcher(SketchKey.Public);

        var text = Flags(await AnalyseAsync(records));
        var sketched = Flags(await AnalyseAsync(records.Select(sketcher.WithoutContent)));

        Assert.NotEmpty(text);
        Assert.Equal(text, sketched);
    }

    [Fact]
    public async Task Run_LogSortedByAccount_IsSortedByTimeFirst()
    {
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)).ToArray();

        var inOrder = await AnalyseAsync(records);
        var byAccount = await AnalyseAsync(records.OrderBy(record => record.Account, StringComparer.Ordinal));

        Assert.False(inOrder.Sorted);
        Assert.True(byAccount.Sorted);
        Assert.Equal(Flags(inOrder).Keys.Order(StringComparer.Ordinal), Flags(byAccount).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_RegisteredResearch_IsSetAsideWithinItsScope()
    {
        var registrations = Enumerable.Range(0, 8).Select(account => new RegistrationRecord
        {
            Account = $"ring-{account:D2}",
            Attestations = [new Attestation { Kind = "research", Scope = ["m-large"], ValidFrom = new DateOnly(2026, 1, 1), ValidTo = new DateOnly(2026, 12, 31) }],
        }).ToArray();
        var records = Exchanges.Ring(8, 60).ToArray();

        var within = await AnalyseAsync(records, registrations);
        var expired = await AnalyseAsync(records, [.. registrations.Select(registration => registration with
        {
            Attestations = [registration.Attestations[0] with { ValidTo = new DateOnly(2026, 4, 30) }],
        })]);

        Assert.Empty(Flags(within));
        Assert.All(within.Snapshot.Verdicts, verdict => Assert.Equal(60, verdict.Exposure.Exchanges));
        Assert.Equal(8, Flags(expired).Count);
    }

    [Fact]
    public async Task Run_PromptInTheOperatorsBackground_LinksNobody()
    {
        var records = Exchanges.Ring(8, 60).Select(record => record with
        {
            Request = new ExchangeRequest { Messages = [new ChatMessage("system", Harness), .. record.Request.Messages!.Select(message => message with { Content = message.Content[message.Content.IndexOf("Task:", StringComparison.Ordinal)..] })] },
        }).ToArray();
        var file = Path.Combine(_folder, "background.txt");
        await File.WriteAllTextAsync(file, "# harnesses\n" + Harness + "\n", TestContext.Current.CancellationToken);
        var path = Exchanges.Write(_folder, "harness.jsonl", records);

        var without = await new LogAnalysis(path, [], Options, _ => { }).RunAsync(null, TestContext.Current.CancellationToken);
        var with = await new LogAnalysis(path, [], Options with { BackgroundFile = file }, _ => { }).RunAsync(null, TestContext.Current.CancellationToken);

        Assert.NotEmpty(without.Snapshot.Campaigns);
        Assert.Empty(with.Snapshot.Campaigns);
    }

    [Fact]
    public async Task Run_BadLine_IsNamedAndSkipped()
    {
        var path = Exchanges.Write(_folder, "bad.jsonl", Exchanges.People(2, 2));
        await File.AppendAllTextAsync(path, "{\"v\":1,\"id\":\"x\",\"at\":\"yesterday\",\"account\":\"a\",\"dialect\":\"openai.chat\",\"model\":\"m\",\"status\":200}\n", TestContext.Current.CancellationToken);
        var problems = new List<LogProblem>();

        var run = await new LogAnalysis(path, [], Options, problems.Add).RunAsync(null, TestContext.Current.CancellationToken);

        var problem = Assert.Single(problems);
        Assert.Equal((path, 5, "at"), (problem.File, problem.Line, problem.Field));
        Assert.Equal(4, run.Snapshot.ExchangeCount);
        Assert.Equal(1, run.Problems);
    }

    [Fact]
    public async Task Run_FileThatIsNoLog_IsRefusedByName()
    {
        var path = Path.Combine(_folder, "notes.txt");
        await File.WriteAllTextAsync(path, "milk\neggs\n", TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<LogFormatException>(() => new LogAnalysis(path, [], Options, _ => { }).RunAsync(null, TestContext.Current.CancellationToken));

        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Findings_AreThreeCompleteFiles()
    {
        var run = await AnalyseAsync(Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(5, 5)));
        var output = Path.Combine(_folder, "out");

        FindingsWriter.Write(output, run.Snapshot, json => json.WriteNumber("v", 1));

        Assert.Equal(["campaigns.jsonl", "summary.json", "verdicts.jsonl"], Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var verdicts = await File.ReadAllLinesAsync(Path.Combine(output, "verdicts.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(13, verdicts.Length);
        Assert.All(verdicts, line => Assert.Contains("\"verdict\":\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Snapshot_ModelListsAndUnknownKeys_AreNotAnalysed()
    {
        var answer = Exchanges.Ask("1", "a", Exchanges.Start, "hello");

        Assert.True(ExchangeReading.IsAnalysed(answer));
        Assert.False(ExchangeReading.IsAnalysed(answer with { Dialect = Dialects.OpenAiModels }));
        Assert.False(ExchangeReading.IsAnalysed(answer with { Account = "unauthenticated" }));
    }

    private const string Harness = "You work inside the Orrery harness. Write your complete reasoning in tags before the final answer, leaving nothing out.";

    private static AnalysisOptions Options { get; } = new() { Calibration = CalibrationSet.Shipped, RepeatFilterLog2Bits = 20 };

    private static Dictionary<string, FlagPoint> Flags(AnalysisRun run) =>
        run.Snapshot.Verdicts.Where(verdict => verdict.FlaggedAt is not null).ToDictionary(verdict => verdict.Account, verdict => verdict.FlaggedAt!);

    private async Task<AnalysisRun> AnalyseAsync(IEnumerable<ExchangeRecord> records, IReadOnlyList<RegistrationRecord>? registrations = null)
    {
        var path = Exchanges.Write(_folder, $"{Path.GetRandomFileName()}.jsonl", records);
        return await new LogAnalysis(path, registrations ?? [], Options, problem => Assert.Fail(problem.ToString()))
            .RunAsync(null, TestContext.Current.CancellationToken);
    }
}
