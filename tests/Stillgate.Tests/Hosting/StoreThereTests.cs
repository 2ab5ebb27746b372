using Stillgate.Server.Commands;
using Stillgate.Storage;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>A command that asks or changes what a store holds must not take a misspelled folder for an empty store, nor leave one behind.</summary>
public sealed class StoreThereTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> OfAStoreThatIsThere =>
    [
        "hold m",
        "hold list",
        "hold release m",
        "key list",
        "key revoke key-0123456789ab",
        "admin key list",
        "admin key revoke admin-0123456789ab",
        "policy list",
        "policy rollback",
        "policy activate FILE",
        "policy enforce --all",
        "policy observe --all",
        "policy explain acc-1 --model m",
        "policy diff none active --traffic FILE",
        "parties rescreen FILE --name n",
    ];

    private string Store => _folder.File("store");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(OfAStoreThatIsThere))]
    public async Task Command_StoreThatIsNotThere_IsRefusedAndMakesNothing(string line)
    {
        var refused = await Assert.ThrowsAsync<OperatorException>(() => RunAsync(line));

        Assert.Equal($"{Store}: there is no such folder; expected a store's folder, as 'stillgate up' makes it", refused.Message);
        Assert.False(Directory.Exists(Store));
    }

    [Theory]
    [MemberData(nameof(OfAStoreThatIsThere))]
    public async Task Command_FolderThatIsNoStore_IsRefusedAndIsLeftAlone(string line)
    {
        Directory.CreateDirectory(Store);
        File.WriteAllText(Path.Combine(Store, "letter.txt"), "Dear Sir");

        var refused = await Assert.ThrowsAsync<OperatorException>(() => RunAsync(line));

        Assert.Equal($"{Store}: is no store: it has no file stillgate.db; expected a store's folder, as 'stillgate up' makes it", refused.Message);
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(Store).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Command_StoreThatIsAFile_IsRefusedAndLeavesItAlone()
    {
        File.WriteAllText(Store, "Dear Sir");

        var refused = await Assert.ThrowsAsync<OperatorException>(() => RunAsync("hold m"));

        Assert.Equal($"{Store}: is a file; expected a store's folder, as 'stillgate up' makes it", refused.Message);
        Assert.Equal("Dear Sir", File.ReadAllText(Store));
    }

    [Theory]
    [InlineData("key create --account acc-1")]
    [InlineData("admin key create --name Dana --role owner")]
    public async Task CommandThatMayComeFirst_StoreThatIsNotThere_MakesItAndSaysSo(string line)
    {
        var first = await CommandProcess.RunAsync([.. line.Split(' '), "--store", Store]);
        var second = await CommandProcess.RunAsync([.. line.Split(' '), "--store", Store]);

        var said = $"stillgate: {Store}: a new store was made\n";
        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (first.ExitCode, second.ExitCode));
        Assert.StartsWith(said, first.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("new store", second.Errors, StringComparison.Ordinal);
        using var database = StillgateDatabase.Open(StoreFolder.Open(Store));
    }

    private Task<int> RunAsync(string line)
    {
        const string exchange = """{"v":1,"id":"x-1","at":"2026-01-01T00:00:00.000Z","account":"a","dialect":"openai.chat","model":"m","status":200}""";
        File.WriteAllText(_folder.File("file.csv"), line.StartsWith("parties", StringComparison.Ordinal) ? "name\nNord\n" : exchange + "\n");
        var arguments = line.Split(' ').Select(word => word == "FILE" ? _folder.File("file.csv") : word);
        return StillgateCommand.Create().Parse([.. arguments, "--store", Store]).InvokeAsync(new() { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
    }
}
