using System.Net;
using System.Text;
using Stillgate.Server.Configuration;
using Stillgate.Tests.Policy;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Paths that the operator opens beside the endpoints that are served.</summary>
public sealed class PassThroughPathTests
{
    private const string Files = "/v1/files*";

    [Fact]
    public async Task Path_NotListed_IsRefusedAndOneListedPassesUnreadAndIsRecorded()
    {
        await using var provider = await FakeProvider.BodyAsync("""{"object":"file"}"""u8.ToArray());
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { PassThrough = [Files] });
        var body = Encoding.UTF8.GetBytes("--x\r\nnot json\r\n--x--");

        using var closed = await gateway.SendAsync(RunningGateway.Request("/v1/batches", body, gateway.Key));
        var closedRecord = await gateway.Records.NextAsync();
        using var opened = await gateway.SendAsync(RunningGateway.Request("/v1/files/f-1?purpose=x", body, gateway.Key));
        var openedRecord = await gateway.Records.NextAsync();
        var metrics = gateway.Host.Metrics.ToPrometheusText();

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (closed.StatusCode, opened.StatusCode));
        Assert.Equal("passed-through:" + Files, Assert.Single(opened.Headers.GetValues("stillgate-changes")));
        Assert.Equal("""{"object":"file"}""", await opened.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("unlisted", "refused"), (closedRecord.Dialect, closedRecord.End));
        Assert.Equal(("passed-through", "complete", "acc-1"), (openedRecord.Dialect, openedRecord.End, openedRecord.Account));
        Assert.Equal(["passed-through:" + Files], openedRecord.Changes);
        Assert.Null(openedRecord.Request?.Messages);
        Assert.Contains("stillgate_exchanges_total{dialect=\"passed-through\",end=\"complete\"} 1", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completions/")]
    [InlineData("/v1/Chat/Completions")]
    [InlineData("/v1//chat/completions")]
    [InlineData("/v1/chat%2Fcompletions")]
    [InlineData("/v1/chat;x/completions")]
    public async Task Path_ThatAProviderCouldTakeForAServedOne_DoesNotPass(string path)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { PassThrough = ["/v1/*"] });

        using var answer = await gateway.SendAsync(RunningGateway.Request(path, Samples.Request, gateway.Key));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Path_Listed_StillNeedsAKeyAndObeysBoundsAndRulesOfEveryModel()
    {
        await using var provider = await FakeProvider.BodyAsync("{}"u8.ToArray());
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address,
            options => options with { PassThrough = [Files], Limits = options.Limits with { BodyBytesMax = 1024 } },
            host =>
            {
                using var seed = new PolicySeed(host.StorePath);
                seed.Holds.Place("m-one", [], "one model", until: null);
                return host;
            });

        using var stranger = await gateway.SendAsync(RunningGateway.Request("/v1/files", "{}", key: null));
        using var tooLarge = await gateway.SendAsync(RunningGateway.Request("/v1/files", new string('x', 2000), gateway.Key));
        using var served = await gateway.SendAsync(RunningGateway.Request("/v1/files", "{}", gateway.Key));
        using (var seed = new PolicySeed(gateway.Host.Folder.Path))
        {
            seed.Holds.Place("*", [], "every model", until: null);
        }

        using var refused = await gateway.OnceAsync(HttpStatusCode.Forbidden, () => gateway.SendAsync(RunningGateway.Request("/v1/files", "{}", gateway.Key)));

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.OK, HttpStatusCode.Forbidden],
            [stranger.StatusCode, tooLarge.StatusCode, served.StatusCode, refused.StatusCode]);
    }

    [Fact]
    public async Task Path_Served_IsReadAsEverThoughAnEntryCoversIt()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { PassThrough = ["/v1/*", Samples.OpenAiPath] });

        using var answer = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        var record = await gateway.Records.NextAsync();

        Assert.Equal("openai.chat", record.Dialect);
        Assert.Null(record.Changes);
    }

    [Theory]
    [InlineData("/v1/files", true)]
    [InlineData("/v1/files*", true)]
    [InlineData("/v1/*", true)]
    [InlineData("/*", false)]
    [InlineData("*", false)]
    [InlineData("v1/files", false)]
    [InlineData("/v1/*/content", false)]
    [InlineData("/v1/files?x=1", false)]
    [InlineData("/v1/../files", false)]
    public void Entry_OfTheSettings_IsTakenOrRefusedWithItsPlace(string entry, bool isSound)
    {
        using var folder = new TemporaryFolder();
        var problems = new List<ConfigProblem>();
        File.WriteAllText(folder.File("c.yaml"), $"listen: http://127.0.0.1:0\npassThrough: [\"{entry}\"]\n");

        var settings = ConfigFile.Read(folder.File("c.yaml"), problems);

        Assert.Equal([entry], settings.PassThrough);
        Assert.Equal(isSound ? [] : [("passThrough", 2L)], problems.Select(problem => (problem.Path, problem.Line)));
    }
}
