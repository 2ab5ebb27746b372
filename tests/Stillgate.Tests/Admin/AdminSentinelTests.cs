using System.Net.Http.Headers;
using System.Text;
using Stillgate.Gateway;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;
using Stillgate.Storage;
using Stillgate.Storage.Admin;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Admin;

/// <summary>A sentinel in everything that an administrator sends is in no log line and no problem, whatever goes wrong.</summary>
public sealed class AdminSentinelTests
{
    private const string Sentinel = "SENTINEL-51d0";

    [Fact]
    public async Task Sentinel_ThroughEveryKindOfMistake_IsInNoLogLineAndNoProblem()
    {
        using var folder = new TemporaryFolder();
        using var logs = new CapturingLoggers();
        var store = StoreFolder.Open(folder.Path);
        using var database = StillgateDatabase.Open(store);
        var key = new AdminKeyStore(database, store, TimeProvider.System).Create("owner", AdminRole.Owner, expiresAt: null).Secret;
        var options = new GatewayHostOptions
        {
            Listen = new Uri("http://127.0.0.1:0"),
            AdminListen = new Uri("http://127.0.0.1:0"),
            StorePath = folder.Path,
            Gateway = new GatewayOptions { Providers = [new ProviderOptions { Name = "fake", Address = new Uri("http://127.0.0.1:9"), Dialects = [Dialects.OpenAiChat] }] },
        };
        var problems = new List<string>();
        await using (var host = await GatewayHost.StartAsync(options, TimeProvider.System, logs, CancellationToken.None))
        {
            using var client = new HttpClient { BaseAddress = host.AdminAddress };
            async Task SendAsync(HttpMethod method, string path, string? body, string type = "application/json", string? presented = null)
            {
                using var request = new HttpRequestMessage(method, path);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", presented ?? key);
                if (body is not null)
                {
                    request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
                }

                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.True((int)answer.StatusCode >= 400, $"{path}: {answer.StatusCode}");
                problems.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }

            await SendAsync(HttpMethod.Get, "/admin/v1/keys", null, presented: Sentinel);
            await SendAsync(HttpMethod.Get, "/admin/v1/" + Sentinel, null);
            await SendAsync(HttpMethod.Get, "/admin/v1/accounts/" + Sentinel, null);
            await SendAsync(HttpMethod.Get, "/admin/v1/changes?before=" + Sentinel, null);
            await SendAsync(HttpMethod.Delete, "/admin/v1/holds/" + Sentinel, null);
            await SendAsync(HttpMethod.Post, "/admin/v1/holds", $$"""{"model":["{{Sentinel}}"]}""");
            await SendAsync(HttpMethod.Post, "/admin/v1/holds", $$"""{"model":"m","until":"{{Sentinel}}"}""");
            await SendAsync(HttpMethod.Post, "/admin/v1/admin-keys", $$"""{"name":"n","role":"{{Sentinel}}"}""");
            await SendAsync(HttpMethod.Post, "/admin/v1/policy/activate", $$"""{"bundle":"{{Sentinel}}"}""");
            await SendAsync(HttpMethod.Post, "/admin/v1/policy/rollback", $$"""{"version":"{{Sentinel}}"}""");
            await SendAsync(HttpMethod.Post, "/admin/v1/statements", $$"""{"statement":"account","id":"a","country":"{{Sentinel}}"}""", "application/jsonl");
            await SendAsync(HttpMethod.Post, "/admin/v1/statements", Sentinel, "application/jsonl");
            await SendAsync(HttpMethod.Post, "/admin/v1/registrations", $$"""{"v":1,"account":["{{Sentinel}}"]}""", "application/jsonl");
            using (var broken = database.Command("DROP TABLE model_hold"))
            {
                broken.ExecuteNonQuery();
            }

            await SendAsync(HttpMethod.Post, "/admin/v1/holds", $$"""{"model":"{{Sentinel}}"}""");
        }

        Assert.Contains(logs.Lines, line => line.Contains("admin API: a POST failed", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Contains(Sentinel, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => problem.Contains(Sentinel, StringComparison.Ordinal));
    }
}
