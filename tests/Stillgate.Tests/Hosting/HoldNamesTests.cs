using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Commands;
using Stillgate.Storage;
using Stillgate.Storage.Holds;
using Stillgate.Storage.Keys;
using Stillgate.Tests.Policy;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>A hold bars by name: one that is misspelled must not pass for a model that is closed, or for a customer who is spared.</summary>
public sealed class HoldNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Store => _folder.File("store");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("m-fronteir")]
    [InlineData("m_fronteer*")]
    public async Task Hold_NameASlipAwayFromAModel_IsRefusedWithTheModel(string model)
    {
        // A client asked for the misspelled one too, and got no answer.
        Record(("m-frontier", 200), ("m-fronteir", 404));

        var refused = await CommandProcess.RunAsync("hold", model, "--store", Store);

        var expected = $"stillgate: {model}: no record, rule or setting here names such a model; did you mean m-frontier? Nothing was held; --unserved holds a model before it is served\n";
        Assert.Equal((ExitCode.BadInput, expected, ""), (refused.ExitCode, refused.Errors, refused.Output));
        Assert.Empty(Held());
    }

    [Theory]
    [InlineData("m-next")]
    [InlineData("m-frontier-2")]
    public async Task Hold_NameLikeNoModel_IsPlacedWithAWarning(string model)
    {
        Record(("m-frontier", 200));

        var placed = await CommandProcess.RunAsync("hold", model, "--store", Store);

        Assert.Equal((ExitCode.Ok, $"stillgate: {model}: no record, rule or setting here names such a model; the hold stands, and bars nobody until such a model is asked for\n"), (placed.ExitCode, placed.Errors));
        Assert.Equal([model], Held().Select(hold => hold.Model));
    }

    [Theory]
    [InlineData("M-Frontier")]
    [InlineData("m-fr*")]
    [InlineData("*")]
    public async Task Hold_ModelThatARecordNames_IsPlaced(string model)
    {
        Record(("m-small", 200), ("m-frontier", 200));

        Assert.Equal(ExitCode.Ok, await StillgateCommand.RunAsync(["hold", model, "--store", Store]));

        Assert.Equal([model], Held().Select(hold => hold.Model));
    }

    [Fact]
    public async Task Hold_ModelThatSettingsOrTheWordOfTheCallerName_IsPlaced()
    {
        Record();

        // The credential's variable is not set here, as it is not on the machine of whoever places a hold.
        File.WriteAllText(_folder.File("stillgate.yaml"), """
            providers:
              - name: p
                url: http://127.0.0.1:9
                dialects: [openai.chat]
                models: [m-exact, "m-many-*"]
                credential: { env: STILLGATE_TEST_UNSET }
            """);
        string[] settings = ["--config", _folder.File("stillgate.yaml"), "--store", Store];

        Assert.Equal(ExitCode.Ok, await StillgateCommand.RunAsync(["hold", "m-exact", .. settings]));
        Assert.Equal(ExitCode.Ok, await StillgateCommand.RunAsync(["hold", "m-many-2", .. settings]));
        Assert.Equal(ExitCode.BadInput, await StillgateCommand.RunAsync(["hold", "m-exatc", .. settings]));
        Assert.Equal(ExitCode.Ok, await StillgateCommand.RunAsync(["hold", "m-exatc", "--unserved", .. settings]));

        Assert.Equal(["m-exact", "m-many-2", "m-exatc"], Held().Select(hold => hold.Model));
    }

    [Theory]
    [InlineData("m-fronteir", true)]
    [InlineData("m-next", true)]
    [InlineData("m-frontier", false)]
    public async Task Hold_Unserved_IsPlacedWithoutAQuestionAndSaysWhetherTheModelIsKnown(string model, bool isUnknown)
    {
        Record(("m-frontier", 200));

        var placed = await CommandProcess.RunAsync("hold", model, "--unserved", "--store", Store, "--json");

        Assert.Equal((ExitCode.Ok, ""), (placed.ExitCode, placed.Errors));
        using var answer = JsonDocument.Parse(placed.Output);
        Assert.Equal((model, isUnknown), (answer.RootElement.GetProperty("model").GetString(), answer.RootElement.GetProperty("unknownModel").GetBoolean()));
        Assert.Equal([model], Held().Select(hold => hold.Model));
    }

    [Fact]
    public async Task Hold_ModelOfARuleInForce_IsPlaced()
    {
        using (var seed = new PolicySeed(Store))
        {
            seed.Activate(PolicySeed.Rules(("r1", "account.id != ''", "deny", "scope: { models: [m-ruled] }")));
        }

        Assert.Equal(ExitCode.Ok, await StillgateCommand.RunAsync(["hold", "m-ruled", "--store", Store]));
    }

    [Fact]
    public async Task Hold_ExceptSomebodyWithoutAnAccount_IsPlacedAndSaysSo()
    {
        Record(("m-frontier", 200));
        var folder = StoreFolder.Open(Store);
        using (var database = StillgateDatabase.Open(folder))
        {
            _ = new KeyStore(database, folder, TimeProvider.System).Create("acc-trusted", "org-trusted");
        }

        var placed = await CommandProcess.RunAsync("hold", "m-frontier", "--except", "org-trusted", "--except", "acc-trutsed", "--except", "elsewhere", "--store", Store);

        Assert.Equal(ExitCode.Ok, placed.ExitCode);
        Assert.Equal(
            ["stillgate: --except acc-trutsed: no account or organisation of this store; did you mean acc-trusted?", "stillgate: --except elsewhere: no account or organisation of this store"],
            placed.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["org-trusted", "acc-trutsed", "elsewhere"], Assert.Single(Held()).Except);
    }

    private void Record(params (string Model, int Status)[] exchanges)
    {
        var folder = StoreFolder.Open(Store);
        using var database = StillgateDatabase.Open(folder);
        Directory.CreateDirectory(folder.ExchangeLogPath);
        using var writer = new ExchangeLineWriter();
        using var file = File.Create(Path.Combine(folder.ExchangeLogPath, "exchanges-1.jsonl"));
        foreach (var (model, status) in exchanges)
        {
            var record = new ExchangeRecord { Id = "x-" + model, At = DateTimeOffset.UnixEpoch, Account = "a", Dialect = Dialects.OpenAiChat, Model = model, Status = status };
            file.Write(writer.Encode(record).Span);
        }
    }

    private IReadOnlyList<StoredHold> Held()
    {
        using var database = StillgateDatabase.Open(StoreFolder.Open(Store));
        return new HoldStore(database, TimeProvider.System).List();
    }
}
