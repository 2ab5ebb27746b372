using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Stillgate.Server.Commands;
using Stillgate.Storage;
using Stillgate.Storage.Keys;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>The pages on egress and ingress as they stand: their settings and their commands, through <c>stillgate up</c> in a process of its own.</summary>
public sealed partial class EgressTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Egress_OfItsPage_TwoProvidersServeEachSubsidiaryWhatItMayHave()
    {
        await using var frontier = await ProviderAsync("from the frontier");
        await using var house = await ProviderAsync("from the house");
        File.WriteAllText(_folder.File("in-house.key"), "house-credential");
        var config = Config("egress.md", ("https://api.openai.com", frontier.Address), ("http://10.1.0.7:8000", house.Address), ("/etc/stillgate/in-house.key", _folder.File("in-house.key")));
        var keys = await SeedAsync();

        using var up = await UpProcess.StartAsync(config, ("FRONTIER_KEY", "frontier-credential"));
        using var client = new HttpClient { BaseAddress = up.Address };
        var us = await AskAsync(client, keys["us-search"], "m-frontier-1");
        var eu = await AskAsync(client, keys["eu-billing"], "m-frontier-1");
        var euSmall = await AskAsync(client, keys["eu-billing"], "m-small");
        var br = await AskAsync(client, keys["br-support"], "m-frontier-1");
        var brSmall = await AskAsync(client, keys["br-support"], "m-small");
        var cn = await AskAsync(client, keys["cn-factory"], "m-small");
        var unknown = await AskAsync(client, keys["nobody-stated"], "m-small");
        var noProvider = await AskAsync(client, keys["us-search"], "another-model");

        Assert.Equal((HttpStatusCode.OK, "from the frontier Bearer frontier-credential"), (us.Status, us.Body));
        Assert.Equal(us.Body, eu.Body);
        Assert.Equal((HttpStatusCode.OK, "from the house Bearer house-credential"), (euSmall.Status, euSmall.Body));
        Assert.Equal(HttpStatusCode.Forbidden, br.Status);
        Assert.Contains("deny; rule=egress-unit-licence", br.Decision, StringComparison.Ordinal);
        Assert.Equal(euSmall.Body, brSmall.Body);
        Assert.Equal(HttpStatusCode.Forbidden, cn.Status);
        Assert.Contains("deny; rule=egress-us-cutoff", cn.Decision, StringComparison.Ordinal);
        Assert.Equal(1, await StillgateCommand.RunAsync(["policy", "explain", "cn-factory", "--model", "m-small", "--store", _folder.File("store")]));
        Assert.Equal(HttpStatusCode.Forbidden, unknown.Status);
        Assert.Contains("hold; rule=", unknown.Decision, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, noProvider.Status);
    }

    [Fact]
    public async Task Ingress_OfItsPage_ServesWithinItsBounds()
    {
        await using var a = await ProviderAsync("from a");
        await using var b = await ProviderAsync("from b");
        var config = Config("ingress.md", ("http://10.2.0.11:8000", a.Address), ("http://10.2.0.12:8000", b.Address));
        var key = Key("acc-1", "org-1");

        using var up = await UpProcess.StartAsync(config);
        using var client = new HttpClient { BaseAddress = up.Address };
        var answers = new List<Answer>();
        for (var i = 0; i < 60; i++)
        {
            answers.Add(await AskAsync(client, key, "m-large"));
        }

        var past = await AskAsync(client, key, "m-large");
        var many = await AskAsync(client, Key("acc-2", "org-1"), "m-large", ""","n":9""");

        Assert.Equal((20, 40), (answers.Count(answer => answer.Body.StartsWith("from a", StringComparison.Ordinal)), answers.Count(answer => answer.Body.StartsWith("from b", StringComparison.Ordinal))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.TooManyRequests, past.Status);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, many.Status);
    }

    private static Task<FakeProvider> ProviderAsync(string text) => FakeProvider.StartAsync(async context =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($"{text} {context.Request.Headers.Authorization}".Trim());
    });

    /// <summary>The page's own settings, with the addresses of this test in the place of the page's.</summary>
    private string Config(string page, params (string From, object To)[] replaced)
    {
        var text = YamlBlock().Match(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations", page))).Groups[1].Value;
        foreach (var (from, to) in replaced)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to.ToString()!.TrimEnd('/'), StringComparison.Ordinal);
        }

        text = LoopbackPort().Replace(text, "http://127.0.0.1:0").Replace("./store", _folder.File("store"), StringComparison.Ordinal);
        File.WriteAllText(_folder.File("stillgate.yaml"), text);
        return _folder.File("stillgate.yaml");
    }

    /// <summary>The page's commands, with its own list of accounts.</summary>
    private async Task<Dictionary<string, string>> SeedAsync()
    {
        var (store, key, bundle) = (_folder.File("store"), _folder.File("policy.key"), _folder.File("egress.json"));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations", "egress.md"));
        File.WriteAllText(_folder.File("accounts.csv"), CsvBlock().Match(page).Groups[1].Value);
        string[][] commands =
        [
            ["parties", "import", "--store", store, _folder.File("accounts.csv")],
            ["policy", "keygen", "--out", key],
            ["policy", "trust", key + ".pub", "--name", "compliance", "--store", store],
            ["policy", "sign", Path.Combine(Repository.Root, "policies", "enterprise-egress.yaml"), "--key", key, "--note", "first licence list", "--out", bundle],
            ["policy", "activate", bundle, "--store", store],
            ["policy", "enforce", "--all", "--store", store],
        ];
        foreach (var command in commands)
        {
            Assert.Equal(0, await StillgateCommand.RunAsync(command));
        }

        string[] accounts = ["us-search", "eu-billing", "br-support", "cn-factory", "nobody-stated"];
        return accounts.ToDictionary(account => account, account => Key(account, "group"));
    }

    private string Key(string account, string organization)
    {
        var folder = StoreFolder.Open(_folder.File("store"));
        using var database = StillgateDatabase.Open(folder);
        return new KeyStore(database, folder, TimeProvider.System).Create(account, organization).Secret;
    }

    private static async Task<Answer> AskAsync(HttpClient client, string key, string model, string more = "")
    {
        using var request = RunningGateway.Request(Samples.OpenAiPath, Encoding.UTF8.GetBytes($$"""{"model":"{{model}}","messages":[{"role":"user","content":"hello"}]{{more}}}"""), key);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            answer.StatusCode,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            answer.Headers.TryGetValues("stillgate-decision", out var decision) ? string.Join(' ', decision) : "");
    }

    private sealed record Answer(HttpStatusCode Status, string Body, string Decision);

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex("```csv\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CsvBlock();

    [GeneratedRegex("http://127\\.0\\.0\\.1:80\\d\\d")]
    private static partial Regex LoopbackPort();
}
