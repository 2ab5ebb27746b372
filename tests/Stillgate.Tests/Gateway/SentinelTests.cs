using Stillgate.Gateway;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>A sentinel in the prompt, the answer and the keys is in no log line of any level, no metric and no error body, whatever goes wrong.</summary>
public sealed class SentinelTests
{
    private const string Sentinel = "SENTINEL-7f3a";

    [Fact]
    public async Task Sentinel_ThroughEveryKindOfEnd_IsNowhereButInTheAnswer()
    {
        using var folder = new TemporaryFolder();
        using var logs = new CapturingLoggers();
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            var bytes = System.Text.Encoding.UTF8.GetBytes($"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{Sentinel}\"}}}}]}}\n\ndata: {Sentinel} not json\n\n");
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(bytes);
            if (context.Request.Headers["x-standin"] != "whole")
            {
                context.Abort();
            }

            await context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray());
        });
        var options = new GatewayHostOptions
        {
            Listen = new Uri("http://127.0.0.1:0"),
            AdminListen = new Uri("http://127.0.0.1:0"),
            StorePath = folder.Path,
            IsOpen = true,
            Transform = new BrokenTransform(),
            Observers = [new BrokenObserver()],
            Gateway = new GatewayOptions
            {
                Providers = [new ProviderOptions { Name = "fake", Address = provider.Address, Dialects = [Dialects.OpenAiChat], Credential = Sentinel + "-credential" }],
                ForwardedHeaders = ["x-standin"],
            },
        };
        var errors = new List<string>();
        string metrics;
        await using (var host = await GatewayHost.StartAsync(options, TimeProvider.System, logs, CancellationToken.None))
        {
            using var client = new HttpClient { BaseAddress = host.Address };
            async Task SendAsync(string path, string body, string fault, bool isErrorExpected)
            {
                using var request = RunningGateway.Request(path, body, Sentinel + "-key");
                request.Headers.Add("x-standin", fault);
                try
                {
                    using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
                    var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    if (isErrorExpected)
                    {
                        errors.Add(text);
                    }
                }
                catch (HttpRequestException)
                {
                    // The cut stream: what this step is for.
                }
            }

            var prompt = $$"""{"model":"{{Sentinel}}","stream":true,"messages":[{"role":"user","content":"{{Sentinel}}"}]}""";
            await SendAsync(Samples.OpenAiPath, prompt, "whole", isErrorExpected: false);
            await SendAsync(Samples.OpenAiPath, prompt, "cut", isErrorExpected: false);
            await SendAsync(Samples.OpenAiPath, prompt[..^3], "whole", isErrorExpected: true);
            await SendAsync(Samples.OpenAiPath, $$"""{"model":"m","{{Sentinel}}":1,"{{Sentinel}}":2}""", "whole", isErrorExpected: true);
            await SendAsync("/v1/" + Sentinel, prompt, "whole", isErrorExpected: true);
            await SendAsync(Samples.AnthropicPath, prompt, "whole", isErrorExpected: true);
            metrics = await client.GetStringAsync(new Uri(host.AdminAddress!, "/metrics"), TestContext.Current.CancellationToken);
        }

        Assert.Contains("stillgate_exchanges_total{dialect=\"openai.chat\",end=\"complete\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains(logs.Lines, line => line.Contains("could not be replaced", StringComparison.Ordinal));
        Assert.Equal(4, errors.Count);
        Assert.DoesNotContain(Sentinel, metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(errors, error => error.Contains(Sentinel, StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Contains(Sentinel, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Admin_Listener_ServesMetricsAndNoExchange()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"), shapeHost: host => host with { AdminListen = new Uri("http://127.0.0.1:0") });
        using var admin = new HttpClient { BaseAddress = gateway.Host.AdminAddress };

        using var exchange = await admin.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, gateway.Key), TestContext.Current.CancellationToken);
        using var ready = await admin.GetAsync("/readyz", TestContext.Current.CancellationToken);
        using var metricsOutside = await gateway.Client.GetAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal([404, 200, 404], ((HttpResponseMessage[])[exchange, ready, metricsOutside]).Select(response => (int)response.StatusCode));
    }

    private sealed class BrokenTransform : IRecordTransform
    {
        private int _count;

        public ExchangeRecord Transform(ExchangeRecord record) => ++_count == 1 ? throw new InvalidOperationException("quotes " + record.Request.Messages![0].Content) : record;
    }

    private sealed class BrokenObserver : IExchangeObserver
    {
        public void OnExchange(ExchangeRecord record) => throw new InvalidOperationException("quotes " + record.Model);
    }
}
