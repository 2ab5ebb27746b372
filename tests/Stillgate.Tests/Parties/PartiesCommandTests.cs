using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Commands;
using Stillgate.Storage;
using Stillgate.Storage.Holds;
using Stillgate.Storage.Registry;
using Xunit;

namespace Stillgate.Tests.Parties;

/// <summary>Slips of whoever types the commands: none may come out as an answer.</summary>
public sealed class PartiesCommandTests : IDisposable
{
    private const string Facts = """[{"recordType":"entity","recordId":"a","recordStatus":"new","statementId":"s1","declarationSubject":"a","recordDetails":{"isComponent":false,"entityType":{"type":"registeredEntity"},"name":"A"}}]""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a", "nobody")]
    [InlineData("nobody", "a")]
    public async Task Ownership_OfAPartyThatTheFactsDoNotName_IsNoAnswer(string entity, string listed)
    {
        File.WriteAllText(_folder.File("facts.json"), Facts);

        var refused = await Assert.ThrowsAsync<OperatorException>(() => RunAsync("parties", "ownership", entity, "--facts", _folder.File("facts.json"), "--listed", listed));

        Assert.Equal("nobody: nothing is known of this party in the facts; expected an identifier that they state", refused.Message);
    }

    [Fact]
    public async Task Hold_ExceptAListThatNamesNobody_HoldsNothing()
    {
        File.WriteAllText(_folder.File("trusted.txt"), "# nobody yet\n\n");

        var refused = await Assert.ThrowsAsync<OperatorException>(() => RunAsync("hold", "m", "--except", _folder.File("trusted.txt"), "--store", _folder.File("store")));

        Assert.Contains("names nobody", refused.Message, StringComparison.Ordinal);
        using var database = StillgateDatabase.Open(StoreFolder.Open(_folder.File("store")));
        Assert.Empty(new HoldStore(database, TimeProvider.System).List());
    }

    [Theory]
    [InlineData("")]
    [InlineData("statement,id\n")]
    public async Task Import_FileWithoutAStatement_IsAMistakeAndTakesNothingIn(string text)
    {
        File.WriteAllText(_folder.File("none.csv"), text);
        File.WriteAllText(_folder.File("one.csv"), "statement,id\nparty,p\n");

        Assert.Equal(ExitCode.BadInput, await RunAsync("parties", "import", "--store", _folder.File("store"), _folder.File("one.csv"), _folder.File("none.csv")));

        using var database = StillgateDatabase.Open(StoreFolder.Open(_folder.File("store")));
        Assert.Empty(new StatementStore(database).List());
    }

    [Fact]
    public async Task ImportRegistrations_OneLineWithTwoMistakes_IsOneLine()
    {
        File.WriteAllText(_folder.File("customers.csv"), "account,createdAt,payment.country\nacc-1,2026-01-02,DE\nacc-2,yesterday,Germany\n");

        var import = await CommandProcess.RunAsync("store", "import-registrations", "--store", _folder.File("store"), _folder.File("customers.csv"));

        Assert.Equal((ExitCode.Problem, "1 registrations imported, 1 line skipped\n"), (import.ExitCode, import.Output));
        Assert.Equal(2, import.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains("customers.csv:3", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("parties import FOLDER --store STORE")]
    [InlineData("store import-registrations FOLDER --store STORE")]
    [InlineData("parties screen X --list FOLDER")]
    [InlineData("parties screen --file FOLDER --list FOLDER")]
    [InlineData("parties compare FOLDER --out scores.csv")]
    [InlineData("parties ownership a --facts FOLDER --listed b")]
    [InlineData("parties lists diff FOLDER FOLDER")]
    [InlineData("parties lists keep FOLDER --name n --archive STORE")]
    [InlineData("policy activate FOLDER --store STORE")]
    [InlineData("policy trust FOLDER --name n --store STORE")]
    [InlineData("policy diff RULES RULES --traffic FOLDER --registrations FOLDER")]
    [InlineData("policy backtest RULES --history FOLDER --registrations FOLDER")]
    [InlineData("places lookup 192.0.2.1 --places FOLDER")]
    [InlineData("places bench --places FOLDER")]
    [InlineData("places update --sources FOLDER --places places.idx")]
    [InlineData("hold m --except FOLDER --store STORE")]
    [InlineData("hold m --config FOLDER --store STORE")]
    public async Task Command_FolderWhereAFileIsExpected_SaysThatItIsAFolder(string line)
    {
        var folder = Directory.CreateDirectory(_folder.File("some")).FullName;
        var rules = Path.Combine(Repository.Root, "policies", "ofac-fifty-percent.yaml");
        var words = line.Split(' ').Select(word => word.Replace("FOLDER", folder, StringComparison.Ordinal).Replace("STORE", _folder.File("store"), StringComparison.Ordinal).Replace("RULES", rules, StringComparison.Ordinal));

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync([.. words]));

        Assert.True(refused is OperatorException or LogFormatException, refused.ToString());
        Assert.Contains($"{folder}: is a folder; expected a file", refused.Message, StringComparison.Ordinal);
    }

    private static Task<int> RunAsync(params string[] args) => StillgateCommand.Create().Parse(args).InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
