using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Stillgate.Gateway;
using Stillgate.Gateway.Forwarder;
using Stillgate.Lab.Replay;
using Stillgate.Lab.StandIn;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Demo;
using Stillgate.Server.Hosting;
using Xunit;

namespace Stillgate.Tests.Demo;

/// <summary>A log goes through a real gateway to the stand-in; what the recorder saw is compared with what the log says.</summary>
public sealed class DemoTrafficTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("stillgate-test-");

    public void Dispose() => _store.Delete(recursive: true);

    [Fact]
    public async Task Run_BothDialects_RecordsSayWhatTheLogSays()
    {
        ExchangeRecord[] log =
        [
            Exchange("acc-1", Dialects.OpenAiChat, minute: 0, status: 200, "203.0.113.9"),
            Exchange("acc-2", Dialects.AnthropicMessages, minute: 5, status: 200, "198.51.100.7"),
            Exchange("acc-1", Dialects.OpenAiChat, minute: 90, status: 429, "203.0.113.77"),
        ];

        var (records, failed) = await ReplayAsync(log);

        Assert.Equal(0, failed);
        Assert.Equal(3, records.Count);
        foreach (var (wanted, found) in log.Zip(records.OrderBy(record => record.At)))
        {
            Assert.Equal(wanted.Account, found.Account);
            Assert.Equal(wanted.Dialect, found.Dialect);
            Assert.Equal(wanted.Model, found.Model);
            Assert.Equal(wanted.Status, found.Status);
            Assert.Equal(wanted.At, found.At);
            Assert.Equal(wanted.Request.Messages, found.Request.Messages);
            Assert.Equal(wanted.Request.Settings!.Temperature, found.Request.Settings!.Temperature);
            Assert.Equal(wanted.Request.Settings.Tools, found.Request.Settings.Tools);
            Assert.Equal(wanted.Client!.UserAgent, found.Client!.UserAgent);
            Assert.True(IPAddress.IsLoopback(IPAddress.Parse(found.Client.Ip!)));
        }

        Assert.Equal(3, records.Select(record => record.Client!.Ip).Distinct().Count());
        Assert.All(records.Where(record => record.Status == 200), record => Assert.Equal(37, record.Response!.OutputTokens));
    }

    private async Task<(List<ExchangeRecord> Records, long Failed)> ReplayAsync(ExchangeRecord[] log)
    {
        var stopping = TestContext.Current.CancellationToken;
        var seen = new Collector();
        var clock = new ReplayClock(log[0].At);
        await using var provider = await StandInProvider.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), new StandInOptions(), TimeProvider.System, stopping);
        await using var gateway = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                Listen = new Uri("http://127.0.0.1:0"),
                StorePath = _store.FullName,
                KeepContent = true,
                Observers = [seen],
                Gateway = new GatewayOptions
                {
                    Providers = [new ProviderOptions { Name = "stand-in", Address = provider.Address, Dialects = [Dialects.OpenAiChat, Dialects.AnthropicMessages] }],
                    ForwardedHeaders = [StandInProvider.Header],
                },
            },
            clock,
            NullLoggerFactory.Instance,
            stopping);
        var keys = log.Select(exchange => exchange.Account).Distinct().ToDictionary(account => account, account => gateway.KeyStore.Create(account, null).Secret);
        gateway.ReloadKeys();
        using var traffic = new DemoTraffic(gateway.Address, keys, clock, speed: 0);
        long failed = 0;

        // One at a time, so that each record's time is its own.
        foreach (var exchange in log)
        {
            failed += (await traffic.RunAsync([exchange], new Progress<ReplayProgress>(), stopping)).Failed;
        }

        await gateway.StopAsync();
        return ([.. seen.Records], failed);
    }

    private static ExchangeRecord Exchange(string account, string dialect, int minute, int status, string ip) => new()
    {
        Id = $"x-{minute}",
        At = Start.AddMinutes(minute),
        Account = account,
        Client = new ClientEvidence { Ip = ip, UserAgent = "openai-node/6.1" },
        Dialect = dialect,
        Model = "m-large",
        Request = new ExchangeRequest
        {
            Messages = [new("system", "Answer briefly."), new("user", "Warum ist der Himmel blau? 青"), new("assistant", "Rayleigh scattering."), new("user", "And at night?")],
            Settings = new RequestSettings { Temperature = 0.7, MaxOutputTokens = 400, Stream = minute == 0, Tools = ["search"] },
        },
        Response = status == 200 ? new ExchangeResponse { Text = "…", OutputTokens = 37 } : null,
        Status = status,
    };

    private sealed class Collector : IExchangeObserver
    {
        public ConcurrentQueue<ExchangeRecord> Records { get; } = new();

        public void OnExchange(ExchangeRecord record) => Records.Enqueue(record);
    }
}
