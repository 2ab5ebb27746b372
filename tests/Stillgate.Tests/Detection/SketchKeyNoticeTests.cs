using Stillgate.Detection.Sketching;
using Stillgate.Server.Commands;
using Stillgate.Server.Hosting;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>A log without content that is read without its store's key: the findings are worse, and nothing else would say so.</summary>
public sealed class SketchKeyNoticeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("analyze LOG --out OUT")]
    [InlineData("background learn LOG --file OUT.json")]
    [InlineData("calibrate LOG --name n --out OUT.json")]
    public async Task Command_LogUnderTheStoresKey_SaysWhenItRunsUnderAnother(string line)
    {
        var store = Directory.CreateDirectory(_folder.File("store")).FullName;
        var key = SketchKeyFile.LoadOrCreate(store);
        using var transform = new SketchTransform(key);
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Exchanges.People(2, 3).Select(transform.Transform));
        string[] words = [.. line.Split(' ').Select(word => word.Replace("LOG", log, StringComparison.Ordinal).Replace("OUT", _folder.File("out"), StringComparison.Ordinal))];

        var without = await CommandProcess.RunAsync(words);
        File.Delete(_folder.File("out.json"));
        var with = await CommandProcess.RunAsync([.. words, "--sketch-key", Path.Combine(store, "sketch.key")]);

        Assert.StartsWith($"stillgate: {log}: its sketches are under the key {key.Id} and this run is under {SketchKey.Public.Id}: ", without.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("sketches are under", with.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyze_LogWithContent_SaysNothing()
    {
        var log = Exchanges.Write(_folder.Path, "log.jsonl", Exchanges.People(2, 3));

        var run = await CommandProcess.RunAsync("analyze", log, "--out", _folder.File("out"));

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Errors));
    }
}
