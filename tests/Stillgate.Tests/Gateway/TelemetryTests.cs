using System.Collections.Concurrent;
using System.Text;
using Stillgate.Gateway.Telemetry;
using Stillgate.Server.Hosting;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>What a collector gets: the conventions' names, labels of closed sets, and nothing that a client wrote.</summary>
public sealed class TelemetryTests
{
    private const string Sentinel = "SENTINEL-91c2";

    [Theory]
    [InlineData("1.36", "gen_ai.system")]
    [InlineData("1.37", "gen_ai.provider.name")]
    public async Task Collector_GetsSpansAndMetrics_WithoutContent(string version, string providerAttribute)
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await FakeProvider.StartAsync(async context =>
        {
            using var memory = new MemoryStream();
            await context.Request.Body.CopyToAsync(memory);
            received.AddOrUpdate(context.Request.Path.Value!, Encoding.Latin1.GetString(memory.ToArray()), (_, before) => before + Encoding.Latin1.GetString(memory.ToArray()));
        });
        await using var provider = await FakeProvider.BodyAsync(Encoding.UTF8.GetBytes("""{"choices":[{"message":{"content":"~"}}],"usage":{"prompt_tokens":9,"completion_tokens":7}}""".Replace("~", Sentinel, StringComparison.Ordinal)));
        await using (var gateway = await RunningGateway.StartAsync(
            provider.Address,
            options => options with { GenAiVersion = version },
            host => host with { Telemetry = new TelemetryOptions { Endpoint = collector.Address, IsHttp = true } }))
        {
            var request = RunningGateway.Request(Samples.OpenAiPath, $$"""{"model":"{{Sentinel}}","messages":[{"role":"user","content":"{{Sentinel}}"}],"user":"{{Sentinel}}"}""", gateway.Key);
            request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            request.Headers.UserAgent.ParseAdd(Sentinel);
            using var response = await gateway.SendAsync(request);
            using var refused = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, "{" + Sentinel, Sentinel));
            await gateway.Records.NextAsync();
            await gateway.Records.NextAsync();
        }

        var spans = received["/v1/traces"];
        var metrics = received["/v1/metrics"];
        Assert.Contains("chat *", spans, StringComparison.Ordinal);
        Assert.Contains("unknown_key", spans, StringComparison.Ordinal);
        Assert.Contains(Encoding.Latin1.GetString(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")), spans, StringComparison.Ordinal);
        Assert.All((string[])["gen_ai.usage.input_tokens", "gen_ai.operation.name", providerAttribute], name => Assert.Contains(name, spans, StringComparison.Ordinal));
        Assert.All((string[])["gen_ai.client.token.usage", "gen_ai.server.request.duration", "gen_ai.server.time_to_first_token", providerAttribute], name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.DoesNotContain(received.Values, body => body.Contains(Sentinel, StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_AreThoseThatHaveNames() => Assert.Equal(["gen_ai.system", "gen_ai.provider.name"], GenAiNames.Versions.Select(version => GenAiNames.Of(version).ProviderName));
}
