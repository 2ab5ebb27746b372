using System.Net;
using System.Text.RegularExpressions;
using Stillgate.Server.Admin;
using Stillgate.Server.Commands;
using Stillgate.Server.Hosting;
using Stillgate.Server.Hosting.Tls;
using Stillgate.Storage;
using Stillgate.Storage.Admin;
using Stillgate.Tests.Gateway;
using Stillgate.Tests.Policy;
using Stillgate.WebConsole;
using Xunit;

namespace Stillgate.Tests.WebConsole;

/// <summary>The console's sign-in, as a browser meets it.</summary>
public sealed partial class ConsoleSignInTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly CookieContainer _cookies = new();
    private readonly StillgateDatabase _database;
    private readonly AdminKeyStore _keys;
    private readonly AdminKeySignIn _signIn;
    private readonly NewAdminKey _viewer;
    private ConsoleServer? _server;
    private HttpClient? _client;

    public ConsoleSignInTests()
    {
        var folder = StoreFolder.Open(_folder.Path);
        _database = StillgateDatabase.Open(folder);
        _keys = new AdminKeyStore(_database, folder, _clock);
        _viewer = _keys.Create("a viewer", AdminRole.Viewer, expiresAt: null);
        _signIn = new AdminKeySignIn(folder, _clock);
    }

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync(new Uri("http://127.0.0.1:0"), new ConsoleAccess(_signIn, Tls: null));
        _client = new HttpClient(new HttpClientHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = _server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _signIn.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/", "/sign-in")]
    [InlineData("/accounts?q=pool", "/sign-in?to=%2Faccounts%3Fq%3Dpool")]
    [InlineData("/campaigns/c-1", "/sign-in?to=%2Fcampaigns%2Fc-1")]
    public async Task Page_WithoutASession_GoesToTheForm(string path, string expected)
    {
        using var answer = await _client!.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location?.ToString());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SignIn_WithAViewersKey_OpensThePageThatWasAskedForUntilSignOut()
    {
        using var signedIn = await SignInAsync(_viewer.Secret, "/accounts?q=pool");
        using var page = await GetAsync("/accounts");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var signedOut = await _client!.PostAsync(new Uri("/sign-out", UriKind.Relative), null, TestContext.Current.CancellationToken);
        using var after = await GetAsync("/accounts");

        Assert.Equal((HttpStatusCode.SeeOther, "/accounts?q=pool"), (signedIn.StatusCode, signedIn.Headers.Location?.ToString()));
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"), value => value.StartsWith("stillgate-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Signed in as a viewer", html, StringComparison.Ordinal);
        Assert.DoesNotContain(_viewer.Secret, html, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (signedOut.StatusCode, after.StatusCode));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/sign-in?to=/")]
    public async Task SignIn_WithAnAddressElsewhere_GoesToTheOverview(string to)
    {
        using var answer = await SignInAsync(_viewer.Secret, to);

        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task SignIn_WithWrongKeys_IsSlowedAndSaysSo()
    {
        for (var i = 1; i < GuessBrake.FreeFailures; i++)
        {
            using var wrong = await SignInAsync("sga-wrong" + i, "/");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var last = await SignInAsync("sga-wrong", "/");
        using var rightTooSoon = await SignInAsync(_viewer.Secret, "/");
        _clock.Now += TimeSpan.FromSeconds(3);
        using var right = await SignInAsync(_viewer.Secret, "/");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (last.StatusCode, last.Headers.RetryAfter?.Delta));
        Assert.Contains("role=\"alert\"", await last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.SeeOther), (rightTooSoon.StatusCode, right.StatusCode));
    }

    [Fact]
    public async Task SignIn_FromAnotherSiteOrWithoutTheFormsToken_IsRefused()
    {
        var token = await TokenAsync();
        using var another = await PostAsync(_viewer.Secret, "another", "/", site: null);
        using var crossSite = await PostAsync(_viewer.Secret, token, "/", site: "cross-site");
        using var page = await GetAsync("/");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (another.StatusCode, crossSite.StatusCode));
        Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);
    }

    [Fact]
    public async Task Session_IdleOrOldOrItsKeyRevoked_IsOver()
    {
        using var first = await SignInAsync(_viewer.Secret, "/");
        _clock.Now += TimeSpan.FromMinutes(59);
        using var used = await GetAsync("/");
        _clock.Now += TimeSpan.FromMinutes(59);
        using var updated = await GetAsync("/", isUpdate: true);
        _clock.Now += TimeSpan.FromMinutes(1);
        using var idle = await GetAsync("/");
        using var second = await SignInAsync(_viewer.Secret, "/");
        using var again = await GetAsync("/");
        _keys.Revoke(_viewer.Key.Id);
        using var revoked = await GetAsync("/");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.SeeOther), (used.StatusCode, updated.StatusCode, idle.StatusCode));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (again.StatusCode, revoked.StatusCode));
    }

    [Fact]
    public async Task Session_UsedAllDay_IsOverAfterTwelveHours()
    {
        using var first = await SignInAsync(_viewer.Secret, "/");
        for (var i = 0; i < 23; i++)
        {
            _clock.Now += TimeSpan.FromMinutes(30);
            using var used = await GetAsync("/");
            Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        }

        _clock.Now += TimeSpan.FromMinutes(30);
        using var old = await GetAsync("/");

        Assert.Equal(HttpStatusCode.SeeOther, old.StatusCode);
    }

    [Fact]
    public async Task Start_NotLoopback_NeedsSignInAndTlsAndMarksItsCookiesSecure()
    {
        using var certificate = new TestCertificate();
        var tls = new TlsOptions(certificate.WriteTo(_folder.File("tls.pem")), _folder.File("tls.pem"));
        var everywhere = new Uri("https://0.0.0.0:0");
        await Assert.ThrowsAsync<OperatorException>(() => StartAsync(new Uri("http://0.0.0.0:0"), ConsoleAccess.OpenOnLoopback));
        await Assert.ThrowsAsync<OperatorException>(() => StartAsync(everywhere, new ConsoleAccess(SignIn: null, tls)));
        await Assert.ThrowsAsync<OperatorException>(() => StartAsync(new Uri("http://0.0.0.0:0"), new ConsoleAccess(_signIn, Tls: null)));

        await using var server = await StartAsync(everywhere, new ConsoleAccess(_signIn, tls));
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (request, shown, chain, errors) => certificate.IsIt(request, shown, chain, errors) };
        using var client = new HttpClient(handler);
        using var form = await client.GetAsync(new UriBuilder(server.Address) { Host = "localhost", Path = "/sign-in" }.Uri, TestContext.Current.CancellationToken);

        var cookie = Assert.Single(form.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-stillgate-form=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private Task<ConsoleServer> StartAsync(Uri listen, ConsoleAccess access) => ConsoleServer.StartAsync(
        listen, access, new FakeAnalysisFeed(SampleFindings.Create()), new FakeTrafficFeed(), new ConsoleOptions { ObservingOnly = true }, _ => { }, _clock, TestContext.Current.CancellationToken);

    private async Task<string> TokenAsync()
    {
        using var form = await GetAsync("/sign-in");
        return TokenField().Match(await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value;
    }

    private async Task<HttpResponseMessage> SignInAsync(string key, string to) => await PostAsync(key, await TokenAsync(), to, site: "same-origin");

    private async Task<HttpResponseMessage> PostAsync(string key, string token, string to, string? site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = key, ["token"] = token, ["to"] = to }),
        };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        return await _client!.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, bool isUpdate = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (isUpdate)
        {
            request.Headers.Add("Stillgate-Refresh", "1");
        }

        return await _client!.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
