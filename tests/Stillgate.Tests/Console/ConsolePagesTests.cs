using System.Net;
using Stillgate.Detection.Findings;
using Stillgate.Server.Hosting;
using Stillgate.WebConsole;
using Xunit;

namespace Stillgate.Tests.WebConsole;

/// <summary>The console's pages through its front door: Kestrel on loopback.</summary>
public sealed class ConsolePagesTests : IAsyncLifetime
{
    private readonly FakeAnalysisFeed _analysis = new(SampleFindings.Create());
    private readonly FakeTrafficFeed _traffic = new();
    private readonly HttpClient _client = new();
    private ConsoleServer? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await ConsoleServer.StartAsync(
            new Uri("http://127.0.0.1:0"), _analysis, _traffic, new ConsoleOptions { ObservingOnly = true }, _ => { }, TestContext.Current.CancellationToken);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server!.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/accounts")]
    [InlineData("/campaigns")]
    [InlineData("/accounts/acc-1003")]
    [InlineData("/campaigns/c-1")]
    public async Task Page_WithFindings_IsWholeAndAllowsNothingInline(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("nothing is being blocked", html, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("//", html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/accounts")]
    [InlineData("/campaigns")]
    public async Task Page_BeforeTheFirstExchange_SaysSo(string path)
    {
        _analysis.Snapshot = AnalysisSnapshot.Empty;

        Assert.Contains("class=\"empty\"", await _client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Campaign_ReasonThatWeighsNothing_StandsLastWithItsExchanges()
    {
        var findings = SampleFindings.Create();
        var search = new Reason("TECHNIQUE_SEARCH", "About 9 ways of asking for training data in 960 requests of 24 accounts.", 0, ["x-000911", "x-000912"]);
        _analysis.Snapshot = findings with { Campaigns = [findings.Campaigns[0] with { Reasons = [.. findings.Campaigns[0].Reasons, search] }, .. findings.Campaigns.Skip(1)] };

        var html = await _client.GetStringAsync(new Uri("/campaigns/c-1", UriKind.Relative), TestContext.Current.CancellationToken);

        var last = html[html.IndexOf("EVEN_SPREAD", StringComparison.Ordinal)..];
        Assert.Contains(search.Text, last, StringComparison.Ordinal);
        Assert.Contains("<code>TECHNIQUE_SEARCH</code>", last, StringComparison.Ordinal);
        Assert.Contains("weight 0.0 nats", last, StringComparison.Ordinal);
        Assert.Contains("<code>x-000912</code>", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_HostileId_IsFoundAndEncoded()
    {
        var html = await _client.GetStringAsync(
            new Uri("/accounts/" + Uri.EscapeDataString(SampleFindings.HostileAccount), UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.Contains("Two independent kinds of evidence agree.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_HostileFilter_IsEncoded()
    {
        var html = await _client.GetStringAsync(new Uri("/accounts?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/accounts?verdict=watch", "6 of ")]
    [InlineData("/accounts?q=POOL2", "7 of ")]
    [InlineData("/accounts?q=c-3&verdict=harvest", "41 of ")]
    [InlineData("/accounts?q=nothing-like-it", "No account matches.")]
    [InlineData("/accounts?page=99999999999999999999", "Page 1 of ")]
    [InlineData("/accounts?page=9999", "Page 5 of 5")]
    public async Task Accounts_Filter_ShowsWhatWasAskedFor(string path, string expected) =>
        Assert.Contains(expected, await _client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);

    [Theory]
    [InlineData("/accounts/none")]
    [InlineData("/campaigns/none")]
    [InlineData("/nowhere")]
    public async Task Page_Unknown_Is404WithWords(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Not found", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AnalysisFails_Is500WithoutTheCause()
    {
        _analysis.Failure = new InvalidOperationException("cause for the log only");

        using var answer = await _client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("The gateway is not affected.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("cause for the log only", html, StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Page_ForeignHostName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "rebound.example";

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("stillgate-theme=dark", "<html lang=\"en\" data-theme=\"dark\">")]
    [InlineData("stillgate-theme=\"><b>", "<html lang=\"en\">")]
    public async Task Page_ThemeCookie_IsAppliedOnlyWhereItIsOne(string cookie, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", cookie);

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
