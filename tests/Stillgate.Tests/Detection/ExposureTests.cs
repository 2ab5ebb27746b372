using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Exposures;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>Exposure is exact over any union, bounded in memory, and no evidence.</summary>
public sealed class ExposureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(400)]
    public void Union_OfSeveralPrincipals_IsWhatOneWithAllOfItShows(int each)
    {
        var chance = new Random(7 + each);
        var pooled = new ExposureAccount();
        var parts = Enumerable.Range(0, 5).Select(_ => new ExposureAccount()).ToArray();
        var exchanges = Enumerable.Range(0, each * parts.Length).Select(_ => Random(chance)).ToArray();
        for (var i = 0; i < exchanges.Length; i++)
        {
            parts[i % parts.Length].Observe(exchanges[i]);
        }

        // The other way round, so that sums of rounded numbers would differ.
        foreach (var exchange in exchanges.Reverse())
        {
            pooled.Observe(exchange);
        }

        var union = ExposureUnion.Of(parts);
        var whole = ExposureUnion.Of(pooled);
        Assert.Equal(whole.Units, union.Units);
        Assert.Equal(whole.Domains, union.Domains);
        Assert.True(union.Units > 0);
    }

    [Fact]
    public void Information_Matrix_IsTheDeterminantComputedDirectly()
    {
        var chance = new Random(3);
        var account = new ExposureAccount();
        var direct = new double[16, 16];
        for (var i = 0; i < 16; i++)
        {
            direct[i, i] = 1;
        }

        for (var n = 0; n < 200; n++)
        {
            var exchange = Random(chance, output: 4000, traits: RequestTraits.ToolTurn);
            account.Observe(exchange);
            for (var i = 0; i < 16; i++)
            {
                for (var j = 0; j < 16; j++)
                {
                    direct[i, j] += exchange.Content.Embedding[i] / 127.0 * (exchange.Content.Embedding[j] / 127.0) / (0.05 * 16);
                }
            }
        }

        var domain = Assert.Single(ExposureUnion.Of(account).Domains);
        Assert.Equal("agent", domain.Domain);
        Assert.Equal(200, domain.Traces, 9);
        Assert.Equal(0.5 * LogDeterminant(direct), domain.Information, 5);
    }

    [Fact]
    public void Units_ThousandDiverseTraces_AreAboutOne()
    {
        var chance = new Random(11);
        var account = new ExposureAccount();
        for (var n = 0; n < 1000; n++)
        {
            account.Observe(Random(chance, output: 5000, traits: RequestTraits.ToolTurn));
        }

        Assert.InRange(ExposureUnion.Of(account).Domains[0].Units, 0.98, 1.0);
        Assert.Equal(1, ExposureUnion.Of(account).Units);
    }

    [Fact]
    public void Units_OneTraceAgainAndAgain_AddNextToNothing()
    {
        var account = new ExposureAccount();
        var same = Random(new Random(5), output: 5000, traits: RequestTraits.ToolTurn);
        for (var n = 0; n < 1000; n++)
        {
            account.Observe(same);
        }

        var domain = Assert.Single(ExposureUnion.Of(account).Domains);
        Assert.True(domain.Units < 0.15, $"{domain.Units}");
        Assert.Equal(1000, domain.Traces, 9);
    }

    [Theory]
    [InlineData(8, RequestTraits.None, Cues.None, 0, 0.005 * 8 / 4000, ExposureDomain.General)]
    [InlineData(100, RequestTraits.None, Cues.None, 0, 0.05 * 100 / 4000, ExposureDomain.General)]
    [InlineData(400, RequestTraits.None, Cues.None, 0, 0.4 * 400 / 4000, ExposureDomain.General)]
    [InlineData(400, RequestTraits.Code, Cues.None, 0, 0.5 * 400 / 4000, ExposureDomain.Code)]
    [InlineData(400, RequestTraits.None, Cues.None, 300, 0.4 * 400 / 4000, ExposureDomain.Reasoning)]
    [InlineData(400, RequestTraits.None, Cues.InlineTrace, 0, 400.0 / 4000, ExposureDomain.Reasoning)]
    [InlineData(400, RequestTraits.ToolTurn, Cues.None, 0, 400.0 / 4000, ExposureDomain.Agent)]
    [InlineData(9000, RequestTraits.ToolTurn, Cues.None, 0, 1.0, ExposureDomain.Agent)]
    [InlineData(20, RequestTraits.None, Cues.Judge, 0, 0.05 * 20 / 4000, ExposureDomain.Judging)]
    public void Weight_KindOfAnswer_IsTheTables(int output, RequestTraits traits, Cues cues, int reasoning, double weight, ExposureDomain domain)
    {
        var content = new SketchContent { OutputTokenCount = output, Traits = traits, Cues = cues, ReasoningTokenCount = reasoning };

        Assert.Equal(weight, AnswerWeight.Of(content), 12);
        Assert.Equal(domain, AnswerWeight.Domain(content));
    }

    [Fact]
    public void Observe_AnyMixture_StaysWithinItsMemory()
    {
        var chance = new Random(2);
        var exchanges = Enumerable.Range(0, 4_000).Select(_ => Random(chance)).ToArray();
        var account = new ExposureAccount();
        account.Observe(exchanges[0]);

        // What is made on this thread alone counts: other tests run beside this one. The list leaves its smaller selves behind, once for each domain.
        var before = GC.GetAllocatedBytesForCurrentThread();
        account = new ExposureAccount();
        Array.ForEach(exchanges, account.Observe);
        var made = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(made, 4 * GramMatrix.Bytes, ExposureAccount.BytesMax + (ExposureAccount.Domains * 2 * ExposureAccount.WaitingMax * 24));
    }

    [Fact]
    public async Task Verdicts_WithAndWithoutExposure_AreTheSame()
    {
        // Whether a person's exchange was answered decides what was received, and is read by nothing else about an account in no group.
        var records = Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 70)).ToArray();
        var answered = await AnalyseAsync(records);
        var failed = await AnalyseAsync(records.Select(record => record.Account.StartsWith("person", StringComparison.Ordinal) ? record with { Status = 503 } : record));

        Assert.Equal(Judgements(answered), Judgements(failed));
        Assert.All(answered.Snapshot.Verdicts, verdict => Assert.NotEmpty(verdict.Exposure.Received.Domains));
        Assert.Equal(8, failed.Snapshot.Verdicts.Count(verdict => verdict.Exposure.Received.Domains.Count > 0));
    }

    [Fact]
    public void Sources_OfTheJudges_DoNotMentionExposure()
    {
        var detection = Path.Combine(Repository.Root, "src", "Stillgate.Detection");
        var judges = new[] { "Accounts", "Campaigns", "Evidence" }.SelectMany(folder => Directory.GetFiles(Path.Combine(detection, folder), "*.cs")).ToArray();
        var readers = judges.Where(file => File.ReadAllText(file).Contains("Exposure", StringComparison.Ordinal)).Select(Path.GetFileName);

        // The account holds it; nobody who judges looks.
        Assert.Equal(["AccountCounters.cs", "AccountState.cs"], readers.Order(StringComparer.Ordinal));
        Assert.True(judges.Length > 20);
    }

    [Fact]
    public async Task Campaign_Exposure_IsItsMembersUnion()
    {
        var run = await AnalyseAsync(Exchanges.InOrder(Exchanges.Ring(8, 60), Exchanges.People(40, 30)));

        var campaign = Assert.Single(run.Snapshot.Campaigns);
        var union = run.Engine.ExposureOf(campaign.Accounts.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(union.Units, campaign.Exposure.Units);
        Assert.Equal(union.Domains, campaign.Exposure.Domains);
        var members = run.Snapshot.Verdicts.Where(verdict => verdict.Campaign == campaign.Id).ToArray();
        Assert.Equal(members.Sum(member => member.Exposure.Received.Domains.Single().Traces), campaign.Exposure.Domains.Single().Traces, 4);
        Assert.True(campaign.Exposure.Domains.Single().Information < members.Sum(member => member.Exposure.Received.Domains.Single().Information));
    }

    private static IEnumerable<string> Judgements(AnalysisRun run) => run.Snapshot.Verdicts.OrderBy(verdict => verdict.Account, StringComparer.Ordinal)
        .Select(verdict => $"{verdict.Account} {verdict.Verdict} {verdict.PValue:R} {verdict.FlaggedAt} {verdict.Campaign} {string.Join(',', verdict.Reasons.Select(reason => reason.Code))}");

    private static SketchedExchange Random(Random chance, int? output = null, RequestTraits? traits = null)
    {
        var exchange = new SketchedExchange { Status = 200 };
        exchange.Content.OutputTokenCount = output ?? chance.Next(0, 5000);
        exchange.Content.Traits = traits ?? (RequestTraits)chance.Next(0, 1 << 9);
        exchange.Content.Cues = traits is null && chance.Next(3) == 0 ? Cues.Judge : Cues.None;
        Span<double> direction = stackalloc double[16];
        double squares = 0;
        for (var i = 0; i < direction.Length; i++)
        {
            direction[i] = Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
            squares += direction[i] * direction[i];
        }

        for (var i = 0; i < direction.Length; i++)
        {
            exchange.Content.Embedding[i] = (sbyte)Math.Round(127 * direction[i] / Math.Sqrt(squares));
        }

        return exchange;
    }

    // Gaussian elimination with no thought for symmetry: slow, and obviously right.
    private static double LogDeterminant(double[,] matrix)
    {
        double sum = 0;
        for (var k = 0; k < 16; k++)
        {
            sum += Math.Log(matrix[k, k]);
            for (var i = k + 1; i < 16; i++)
            {
                var factor = matrix[i, k] / matrix[k, k];
                for (var j = k; j < 16; j++)
                {
                    matrix[i, j] -= factor * matrix[k, j];
                }
            }
        }

        return sum;
    }

    private async Task<AnalysisRun> AnalyseAsync(IEnumerable<ExchangeRecord> records)
    {
        var path = Exchanges.Write(_folder.Path, $"{Path.GetRandomFileName()}.jsonl", records);
        return await new LogAnalysis(path, [], new AnalysisOptions { Calibration = CalibrationSet.Shipped, RepeatFilterLog2Bits = 20 }, problem => Assert.Fail(problem.ToString()))
            .RunAsync(null, TestContext.Current.CancellationToken);
    }
}
