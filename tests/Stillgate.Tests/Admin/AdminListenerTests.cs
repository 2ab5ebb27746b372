using System.Net;
using System.Net.Http.Headers;
using Stillgate.Server.Commands;
using Stillgate.Server.Hosting.Tls;
using Stillgate.Storage;
using Stillgate.Storage.Admin;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Admin;

/// <summary>The admin listener where other machines reach it.</summary>
public sealed class AdminListenerTests
{
    private static readonly Uri Everywhere = new("https://0.0.0.0:0");

    [Fact]
    public async Task Start_NotLoopbackWithoutTls_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<OperatorException>(() => AdminClient.StartAsync(shape: host => host with { AdminListen = new Uri("http://0.0.0.0:0") }));

        Assert.Contains("needs https and adminTls", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NotLoopbackWithoutAnAdminKey_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var certificate = new TestCertificate();
        var tls = Tls(folder, certificate);

        var refused = await Assert.ThrowsAsync<OperatorException>(() =>
            RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"), shapeHost: host => host with { AdminListen = Everywhere, AdminTls = tls }));

        Assert.Contains("stillgate admin key create --role owner", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_ConsoleWithSignInAndNoAdminKey_EndsBeforeItServes()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        var config = folder.Write("c.yaml", $$"""
            listen: http://127.0.0.1:0
            store: {{store}}
            console: { listen: "http://127.0.0.1:0", signIn: true }
            providers: [{ url: "http://127.0.0.1:9", dialects: [openai.chat] }]
            """);

        var refused = await CommandProcess.RunAsync("up", "--config", config);

        var expected = $"stillgate: console: http://127.0.0.1:0/ asks for an admin key, so one must be there first: stillgate admin key create --role viewer --name NAME --store {store}\n";
        Assert.Equal((ExitCode.BadInput, expected, ""), (refused.ExitCode, refused.Errors, refused.Output));
    }

    [Fact]
    public async Task Start_NotLoopbackWithTlsAndKey_AsksAKeyForMetricsToo()
    {
        using var folder = new TemporaryFolder();
        using var certificate = new TestCertificate();
        var tls = Tls(folder, certificate);
        await using var admin = await AdminClient.StartAsync(shape: host => host with { AdminListen = Everywhere, AdminTls = tls });
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (request, shown, chain, errors) => certificate.IsIt(request, shown, chain, errors) };
        using var client = new HttpClient(handler) { BaseAddress = new UriBuilder(admin.Gateway.Host.AdminAddress!) { Host = "localhost" }.Uri };

        using var open = await client.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", admin.SecretOf(AdminRole.Viewer));
        using var scraped = await client.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, open.StatusCode);
        Assert.Equal(HttpStatusCode.OK, scraped.StatusCode);
    }

    [Fact]
    public async Task Command_CreatesListsAndRevokesAKey_WithTheirRecord()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");

        Assert.Equal(0, await StillgateCommand.RunAsync(["admin", "key", "create", "--store", store, "--name", "Dana", "--role", "owner", "--expires", "2999-01-01"]));
        Assert.Equal(2, await StillgateCommand.RunAsync(["admin", "key", "create", "--store", store, "--name", "Dana", "--role", "king"]));
        Assert.Equal(2, await StillgateCommand.RunAsync(["admin", "key", "create", "--store", store, "--name", "Dana", "--role", "owner", "--expires", "2001-01-01"]));
        var key = Assert.Single(Open(store, keys => keys.List()));
        Assert.Equal(0, await StillgateCommand.RunAsync(["admin", "key", "list", "--store", store, "--json"]));
        Assert.Equal(0, await StillgateCommand.RunAsync(["admin", "key", "revoke", "--store", store, key.Id]));
        Assert.Equal(2, await StillgateCommand.RunAsync(["admin", "key", "revoke", "--store", store, key.Id]));

        Assert.Equal(("Dana", AdminRole.Owner), (key.Name, key.Role));
        Assert.False(Open(store, keys => keys.HasValid()));
        using var database = StillgateDatabase.Open(StoreFolder.Open(store));
        Assert.Equal(
            [("admin-key.revoke", "command", key.Id), ("admin-key.create", "command", key.Id)],
            new AdminChangeStore(database, TimeProvider.System).List(before: null, count: 10).Select(change => (change.Action, change.By, change.Subject)));
    }

    private static TlsOptions Tls(TemporaryFolder folder, TestCertificate certificate) => new(certificate.WriteTo(folder.File("tls.pem")), folder.File("tls.pem"));

    private static T Open<T>(string store, Func<AdminKeyStore, T> act)
    {
        var folder = StoreFolder.Open(store);
        using var database = StillgateDatabase.Open(folder);
        return act(new AdminKeyStore(database, folder, TimeProvider.System));
    }
}
