using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Commands;
using Stillgate.Storage;
using Stillgate.Storage.History;
using Stillgate.Tests.Policy;
using Xunit;

namespace Stillgate.Tests.Storage;

public sealed class HistoryTests
{
    [Fact]
    public void Write_ThenRead_GivesTheExchangesBackWithoutContent()
    {
        using var folder = new TemporaryFolder();

        var files = HistoryWriter.Write([Exchange("1", "2026-05-31T23:59:59.123Z"), Exchange("2", "2026-06-01T00:00:00Z")], folder.Path, _ => "en", _ => ["tools", "stream"]);
        using var history = HistoryReader.Open(folder.Path);
        var rows = history.Read(grain: null, CancellationToken.None).OrderBy(row => row.At).ToArray();

        Assert.Equal(["exchanges-2026-05.parquet", "exchanges-2026-06.parquet"], files.Select(file => Path.GetFileName(file.File)));
        Assert.Equal(2, history.ExchangeCount);
        Assert.Equal(("acc-1", "org-1", null, "m", "openai.chat", "en", "tools stream", 1L), (rows[0].Account, rows[0].Organization, rows[0].EndCustomer, rows[0].Model, rows[0].Dialect, rows[0].Language, rows[0].Capabilities, rows[0].Count));
        Assert.Equal(PolicySeed.Day("2026-05-31T23:59:59.123Z"), rows[0].At);
        Assert.DoesNotContain("the prompt", string.Concat(files.Select(file => File.ReadAllText(file.File))), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Read_ByGrain_CountsWhatIsAlike()
    {
        using var folder = new TemporaryFolder();
        HistoryWriter.Write(
            [Exchange("1", "2026-05-01T08:00:00Z"), Exchange("2", "2026-05-01T22:00:00Z"), Exchange("3", "2026-05-02T00:00:00Z")], folder.Path, _ => "en", _ => []);
        using var history = HistoryReader.Open(folder.Path);

        var days = history.Read(TimeSpan.FromDays(1), CancellationToken.None).OrderBy(row => row.At).ToArray();

        Assert.Equal([(2L, PolicySeed.Day("2026-05-01T08:00:00Z")), (1L, PolicySeed.Day("2026-05-02"))], days.Select(row => (row.Count, row.At)));
    }

    [Fact]
    public void Open_WhatIsNoHistory_SaysWhatWasExpected()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("x.parquet"), "no parquet");

        Assert.Contains("cannot be read as history", Assert.Throws<StoreException>(() => HistoryReader.Open(folder.File("x.parquet"))).Message, StringComparison.Ordinal);
        Assert.Contains("expected a Parquet file", Assert.Throws<StoreException>(() => HistoryReader.Open(folder.File("absent"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_DiffOverTheLogAndBacktestOverItsHistory_Agree()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new ExchangeLineWriter())
        using (var log = File.Create(folder.File("log.jsonl")))
        {
            for (var i = 0; i < 200; i++)
            {
                var exchange = Exchange($"{i}", $"2026-05-{1 + (i % 28):00}T{i % 24:00}:00:00Z") with { Account = $"acc-{i % 7}" };
                log.Write(writer.Encode(exchange).Span);
            }
        }

        File.WriteAllText(folder.File("customers.csv"), "statement,id,country,valid_from\naccount,acc-1,XX,2026-05-10\naccount,acc-2,DE,\naccount,acc-3,XX,\n");
        File.WriteAllText(folder.File("draft.yaml"), PolicySeed.Rules(("r", "account.country == 'XX'", "deny", "")));
        string[] known = ["--registrations", folder.File("customers.csv")];

        Assert.Equal(0, await StillgateCommand.RunAsync(["policy", "history", folder.File("log.jsonl"), "--out", folder.File("history")]));
        Assert.Equal(0, await StillgateCommand.RunAsync(["policy", "diff", "none", folder.File("draft.yaml"), "--traffic", folder.File("log.jsonl"), "--csv", folder.File("diff.csv"), "--html", folder.File("p.html"), .. known]));
        Assert.Equal(0, await StillgateCommand.RunAsync(["policy", "backtest", folder.File("draft.yaml"), "--history", folder.File("history"), "--csv", folder.File("backtest.csv"), "--json", .. known]));

        var rows = File.ReadAllLines(folder.File("diff.csv"));
        Assert.Equal(rows, File.ReadAllLines(folder.File("backtest.csv")));
        Assert.Contains(rows, row => row.StartsWith("acc-1,not stated,denied,allow,,deny,r,false,", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("acc-1,not stated,undetermined,allow,,observe,r,true,", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.StartsWith("acc-2,", StringComparison.Ordinal));
        Assert.True(File.Exists(folder.File("p.html")));
    }

    [Fact]
    public void ExchangeLine_WithADecision_IsReadAsItWasWritten()
    {
        var decision = new ExchangeDecision
        {
            Outcome = "deny",
            Rule = "r",
            Policy = "0123",
            Undetermined = true,
            Proposed = new ProposedDecision("hold", "other", null),
            Collisions = ["r / other"],
            Facts = [new DecidedFact("listed.x", "true", "screening", PolicySeed.Day("2026-05-01"), ["x 7"])],
        };
        using var writer = new ExchangeLineWriter();
        var line = writer.Encode(Exchange("1", "2026-05-01T00:00:00Z") with { Decision = decision });

        Assert.True(ExchangeLine.TryParse(line.Span[..^1], out var read, out _, out _));
        Assert.Equal(JsonSerializer.Serialize(decision), JsonSerializer.Serialize(read!.Decision));
        Assert.False(ExchangeLine.TryParse("""{"v":1,"id":"1","at":"2026-05-01T00:00:00Z","account":"a","dialect":"d","model":"m","status":200,"decision":7}"""u8, out _, out var field, out _));
        Assert.Equal("decision", field);
    }

    private static ExchangeRecord Exchange(string id, string at) => new()
    {
        Id = id,
        At = PolicySeed.Day(at),
        Account = "acc-1",
        Organization = "org-1",
        Dialect = Dialects.OpenAiChat,
        Model = "m",
        Status = 200,
        Request = new ExchangeRequest { Messages = [new ChatMessage("user", "the prompt")] },
    };
}
