using System.Threading.Channels;
using Stillgate.Gateway.Forwarder;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Probes find a provider that does not answer before requests do, and bring it back when it does.</summary>
public sealed class ProbeTests
{
    [Fact]
    public async Task Provider_ProbeFailsAndRecovers_IsPassedOverAndComesBack()
    {
        var probes = Channel.CreateBounded<int>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });
        var status = 503;
        await using var weak = await FakeProvider.StartAsync(context =>
        {
            if (context.Request.Path != "/v1/models")
            {
                context.Response.Headers["x-request-id"] = "weak";
                return context.Response.Body.WriteAsync(Samples.OpenAiBody).AsTask();
            }

            context.Response.StatusCode = Volatile.Read(ref status);
            probes.Writer.TryWrite(context.Response.StatusCode);
            return Task.CompletedTask;
        });
        await using var strong = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        var probe = new ProbeOptions { Path = "v1/models", Interval = TimeSpan.FromMilliseconds(1) };
        await using var gateway = await RunningGateway.StartAsync(weak.Address, options => options with
        {
            Providers = [options.Providers[0] with { Probe = probe }, options.Providers[0] with { Name = "strong", Address = strong.Address }],
        });

        // One probe runs at a time: that one more is here means that those before it have been counted.
        await SeeAsync(probes.Reader, 503, ProviderHealth.FailuresMax + 1);
        Assert.DoesNotContain("weak", await AskedAsync(gateway, 6));

        // A refusal of the probe's path is an answer.
        Volatile.Write(ref status, 405);
        await SeeAsync(probes.Reader, 405, 2);
        Assert.Equal(3, (await AskedAsync(gateway, 6)).Count(name => name == "weak"));
    }

    private static async Task SeeAsync(ChannelReader<int> probes, int status, int times)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (times > 0)
        {
            times -= await probes.ReadAsync(deadline.Token) == status ? 1 : 0;
        }
    }

    private static async Task<List<string>> AskedAsync(RunningGateway gateway, int times)
    {
        var names = new List<string>();
        for (var i = 0; i < times; i++)
        {
            using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
            Assert.Equal(200, (int)response.StatusCode);
            names.Add(response.Headers.TryGetValues("x-request-id", out var values) ? values.Single() : "strong");
        }

        return names;
    }
}
