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

    private static Task<int> RunAsync(params string[] args) => StillgateCommand.Create().Parse(args).InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
