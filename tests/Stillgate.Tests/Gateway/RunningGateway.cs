using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Stillgate.Gateway;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;

namespace Stillgate.Tests.Gateway;

/// <summary>The whole gateway on a free port of the loopback address, with one key, a store that is gone afterwards, and its records.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private RunningGateway(TemporaryFolder folder, GatewayHost host, RecordingObserver records, string key)
    {
        (_folder, Host, Records, Key) = (folder, host, records, key);
        Client = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(100) };
    }

    public GatewayHost Host { get; }

    public RecordingObserver Records { get; }

    public string Key { get; }

    public HttpClient Client { get; }

    public static async Task<RunningGateway> StartAsync(
        Uri provider,
        Func<GatewayOptions, GatewayOptions>? shape = null,
        Func<GatewayHostOptions, GatewayHostOptions>? shapeHost = null,
        TimeProvider? time = null)
    {
        var folder = new TemporaryFolder();
        var records = new RecordingObserver();
        var gateway = new GatewayOptions
        {
            Providers = [new ProviderOptions { Name = "fake", Address = provider, Dialects = [Dialects.OpenAiChat, Dialects.AnthropicMessages], Credential = "provider-credential" }],
            ForwardedHeaders = ["x-standin"],
        };
        var options = new GatewayHostOptions
        {
            Listen = new Uri("http://127.0.0.1:0"),
            StorePath = folder.Path,
            KeepContent = true,
            Observers = [records],
            Drain = TimeSpan.Zero,
            Gateway = shape?.Invoke(gateway) ?? gateway,
        };
        var host = await GatewayHost.StartAsync(shapeHost?.Invoke(options) ?? options, time ?? TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var key = host.KeyStore.Create("acc-1", "org-1");
        host.ReloadKeys();
        return new RunningGateway(folder, host, records, key.Secret);
    }

    public static HttpRequestMessage Request(string path, string body, string? key) => Request(path, Encoding.UTF8.GetBytes(body), key);

    public static HttpRequestMessage Request(string path, byte[] body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return request;
    }

    public Task<HttpResponseMessage> SendAsync(string path, string body) => SendAsync(Request(path, body, Key));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

    /// <summary>
    /// Asks again each time other decisions have come into force, until the answer has a status. A store's other changes, such as this gateway's own key, bring books of
    /// decisions into force too, so the next one need not be the one that a test waits for.
    /// </summary>
    public async Task<HttpResponseMessage> OnceAsync(System.Net.HttpStatusCode status, Func<Task<HttpResponseMessage>> ask)
    {
        while (true)
        {
            var replaced = Host.DecisionsReplaced;
            var answer = await ask();
            if (answer.StatusCode == status)
            {
                return answer;
            }

            answer.Dispose();
            await replaced.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
