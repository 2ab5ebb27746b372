using System.Globalization;
using Stillgate.Detection.Calibrating;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>A calibration from an operator's own accounts.</summary>
public sealed class HistoryCalibrationTests : IDisposable
{
    private const int Each = 40;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Build_OwnHistory_MakesItsAccountsTheControls()
    {
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Exchanges.InOrder(Legitimate()));

        var set = (await BuildAsync(log, Options)).Calibration;

        Assert.Equal(("own", 55), (set.Name, set.Accounts));
        Assert.InRange(set.Groups, 4, 20);
        Assert.Equal(set.Groups, set.GroupControls.Size);
        Assert.Equal([35, 10, 10], set.PeerClassSizes);
        Assert.Equal(CalibrationSet.Shipped.AccountBands.Select(band => band.StructureModel), set.AccountBands.Select(band => band.StructureModel));

        // Seen again, its accounts rank among themselves. Those that tie all get the worst place of the tie, so no share of them is below
        // its own size.
        var run = await AnalyseAsync(log, set);
        var ranks = run.Snapshot.Verdicts.Where(verdict => !verdict.Account.StartsWith("talk", StringComparison.Ordinal) && !verdict.Account.StartsWith("agent", StringComparison.Ordinal))
            .Where(verdict => verdict.OwnPValue < 1).Select(verdict => verdict.OwnPValue * set.AccountBands[0].Share * 36).Order().ToArray();
        Assert.InRange(ranks.Length, 10, 30);
        Assert.All(ranks.Select((rank, index) => rank - (index + 2)), above => Assert.True(above >= -1e-9, $"{above}"));
        Assert.InRange(ranks[^1], ranks.Length, 36 * set.AccountBands[0].Share);

        // It survives being written.
        var file = _folder.File("own.json");
        await File.WriteAllBytesAsync(file, set.ToJson(), TestContext.Current.CancellationToken);
        Assert.Equal(set.AccountBands[0].Controls[0].Together.Highest, CalibrationSet.Load(file).AccountBands[0].Controls[0].Together.Highest);
    }

    [Fact]
    public async Task Build_FlaggedAndNamedAccounts_AreLeftOut()
    {
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Exchanges.InOrder(Legitimate(), Exchanges.Ring(8, 60)));

        var without = await BuildAsync(log, Options with { Excluded = new HashSet<string> { "person-03", "nobody" } });
        var with = await BuildAsync(log, Options with { KeepFlagged = true });

        Assert.Equal(8, without.FlaggedCount);
        Assert.Equal(["nobody"], without.UnknownExclusions);
        Assert.Equal((54, 63), (without.Calibration.Accounts, with.Calibration.Accounts));
        Assert.Contains("9 left out (1 named by the operator, 8 flagged)", without.Calibration.Origin, StringComparison.Ordinal);
        Assert.True(with.Calibration.GroupControls.Highest[^1] > without.Calibration.GroupControls.Highest[^1]);

        // The ring stands out among the operator's own accounts as it did among the shipped ones.
        var run = await AnalyseAsync(log, without.Calibration);
        Assert.All(run.Snapshot.Campaigns, campaign => Assert.All(campaign.Accounts, account => Assert.StartsWith("ring", account, StringComparison.Ordinal)));
        Assert.NotEmpty(run.Snapshot.Campaigns);
    }

    [Fact]
    public async Task Build_SmallHistory_IsRefusedWithWhatIsMissing()
    {
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Exchanges.InOrder(Legitimate()));

        var refusal = await Assert.ThrowsAsync<CalibrationSizeException>(() => BuildAsync(log, Options with { GroupAlpha = null, AccountAlpha = null }));

        var alpha = CalibrationSet.Shipped.GroupAlpha;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $" control communities, {Math.Ceiling(1 / alpha) - 1} needed for a budget of {alpha}"), refusal.Message, StringComparison.Ordinal);
        var early = Math.Round(CalibrationSet.Shipped.AccountAlpha * CalibrationSet.Shipped.AccountBands[0].Share, 6);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"10 Agent accounts of 32 exchanges or more, {Math.Ceiling(1 / early) - 1:N0} needed for a budget of {early}"), refusal.Message, StringComparison.Ordinal);
    }

    private static HistoryOptions Options { get; } = new() { Name = "own", Origin = "a test", GroupAlpha = 0.4, AccountAlpha = 0.2 };

    /// <summary>Fifteen people, ten that converse, ten agents, and four houses of five applications with a prompt each.</summary>
    private static IEnumerable<ExchangeRecord> Legitimate() => Exchanges.People(15, Each)
        .Concat(Shaped("talk", 10, user => [new("user", "Earlier."), new("assistant", "Yes."), new("user", user)]))
        .Concat(Shaped("agent", 10, user => [new("user", user), new("assistant", "Calling."), new("tool", "42")]))
        .Concat(House("house-a", user => [new("system", "You answer questions about the opening hours of our museum in a friendly tone."), new("user", user)]))
        .Concat(House("house-b", user => [new("system", "You turn rough notes from our warehouse floor into one tidy shift report."), new("user", user)]))
        .Concat(House("house-c", user => [new("system", "You suggest wines from the cellar list that suit the dish a guest has ordered."), new("user", user)]))
        .Concat(House("house-d", user => [new("system", "You explain tram delays to passengers and name the next connection kindly."), new("user", user)]));

    // Applications in use: by day, and some far more than others.
    private static IEnumerable<ExchangeRecord> House(string stem, Func<string, List<ChatMessage>> messages) =>
        Shaped(stem, 5, messages, 5 * Each).Where(record => record.At.Hour is >= 8 and < 19)
            .GroupBy(record => record.Account)
            .SelectMany((uses, index) => uses.Take(Each - 4 + (index * 12)));

    private static IEnumerable<ExchangeRecord> Shaped(string stem, int accounts, Func<string, List<ChatMessage>> messages, int each = Each) =>
        Exchanges.People(accounts, each).Select(record => record with
        {
            Id = $"{stem}-{record.Id}",
            Account = record.Account.Replace("person", stem, StringComparison.Ordinal),
            Request = new ExchangeRequest { Messages = messages(record.Request.Messages![0].Content + " " + stem) },
        });

    private static Task<HistoryResult> BuildAsync(string log, HistoryOptions options) => new HistoryCalibration(CalibrationSet.Shipped, options)
        .BuildAsync(log, [], Engine(CalibrationSet.Shipped), problem => Assert.Fail(problem.ToString()), null, TestContext.Current.CancellationToken);

    private static Task<AnalysisRun> AnalyseAsync(string log, CalibrationSet set) =>
        new LogAnalysis(log, [], Engine(set), problem => Assert.Fail(problem.ToString())).RunAsync(null, TestContext.Current.CancellationToken);

    private static AnalysisOptions Engine(CalibrationSet set) => new() { Calibration = set, RepeatFilterLog2Bits = 20 };
}
