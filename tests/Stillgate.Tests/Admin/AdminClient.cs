using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stillgate.Server.Hosting;
using Stillgate.Storage;
using Stillgate.Storage.Admin;
using Stillgate.Tests.Gateway;

namespace Stillgate.Tests.Admin;

/// <summary>A running gateway with its admin listener, and a key of every role.</summary>
internal sealed class AdminClient : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly Dictionary<AdminRole, NewAdminKey> _keys;

    private AdminClient(RunningGateway gateway, Dictionary<AdminRole, NewAdminKey> keys)
    {
        (Gateway, _keys) = (gateway, keys);
        _http = new HttpClient { BaseAddress = gateway.Host.AdminAddress };
    }

    public RunningGateway Gateway { get; }

    public static async Task<AdminClient> StartAsync(Uri? provider = null, Func<GatewayHostOptions, GatewayHostOptions>? shape = null, TimeProvider? time = null)
    {
        var keys = new Dictionary<AdminRole, NewAdminKey>();
        var gateway = await RunningGateway.StartAsync(
            provider ?? new Uri("http://127.0.0.1:9"),
            time: time,
            shapeHost: host =>
            {
                var folder = StoreFolder.Open(host.StorePath);
                using var database = StillgateDatabase.Open(folder);
                foreach (var role in Enum.GetValues<AdminRole>())
                {
                    keys[role] = new AdminKeyStore(database, folder, TimeProvider.System).Create($"the {role}", role, expiresAt: null);
                }

                host = host with { AdminListen = new Uri("http://127.0.0.1:0") };
                return shape?.Invoke(host) ?? host;
            });
        return new AdminClient(gateway, keys);
    }

    public string IdOf(AdminRole role) => _keys[role].Key.Id;

    public string SecretOf(AdminRole role) => _keys[role].Secret;

    public Task<HttpResponseMessage> GetAsync(string path, AdminRole role = AdminRole.Owner) => SendAsync(HttpMethod.Get, path, SecretOf(role), null);

    public Task<HttpResponseMessage> PostAsync(string path, string body, AdminRole role = AdminRole.Owner, string type = "application/json", string? requestKey = null) =>
        SendAsync(HttpMethod.Post, path, SecretOf(role), body, type, requestKey);

    public Task<HttpResponseMessage> DeleteAsync(string path, AdminRole role = AdminRole.Owner) => SendAsync(HttpMethod.Delete, path, SecretOf(role), null);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key, string? body, string type = "application/json", string? requestKey = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (requestKey is not null)
        {
            request.Headers.Add("Idempotency-Key", requestKey);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        return _http.SendAsync(request);
    }

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>The problems that an answer names, each as <c>field: expected</c>.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsOf(HttpResponseMessage answer)
    {
        Xunit.Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return [.. (await JsonOf(answer)).GetProperty("problems").EnumerateArray().Select(problem => $"{problem.GetProperty("field").GetString()}: {problem.GetProperty("expected").GetString()}")];
    }

    public async Task<IReadOnlyList<JsonElement>> ChangesAsync()
    {
        using var answer = await GetAsync("/admin/v1/changes");
        return [.. (await JsonOf(answer)).GetProperty("items").EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Gateway.DisposeAsync();
    }
}
