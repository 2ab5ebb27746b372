using System.Diagnostics;
using System.Globalization;
using Stillgate.Gateway;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Gateway.Soak;

/// <summary>
/// Clients, providers, reloads and a log that cannot be written, all by chance from one seed: no record is lost that was not counted, no stream stays
/// open, and nothing that broke looks whole. <c>./build.sh sim</c> runs it for an hour.
/// </summary>
[Trait("sim", "gateway")]
public sealed class SoakTests
{
    private const int ClientCount = 16;

    [Fact]
    public async Task Gateway_UnderFaults_LosesNothingUncounted()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("STILLGATE_SIM_SECONDS") ?? "5", CultureInfo.InvariantCulture);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("STILLGATE_SIM_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        Tell($"sim: {seconds} s, seed {seed}");
        var soak = new SoakProvider();
        var tally = new SoakTally();
        await using var provider = await FakeProvider.StartAsync(soak.ServeAsync);
        GatewayOptions? options = null;
        var gateway = await RunningGateway.StartAsync(
            provider.Address,
            given => options = given with
            {
                ForwardedHeaders = ["x-soak-fault", "x-soak-id"],
                Timeouts = new TimeoutOptions { Gap = TimeSpan.FromMilliseconds(1500), FirstByte = TimeSpan.FromMilliseconds(1500) },
            },
            host => host with
            {
                Observers = [],
                ShapeLog = log => log with { FileBytesMax = 2 << 10, FlushInterval = TimeSpan.FromMilliseconds(50), RetryInterval = TimeSpan.FromMilliseconds(200) },
            });
        var log = gateway.Host.Folder.ExchangeLogPath;
        var until = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        bool GoOn() => Stopwatch.GetTimestamp() < until;

        var clients = Enumerable.Range(0, ClientCount).Select(i => Task.Run(() => new SoakClient(gateway, tally, new Random(seed + i), $"c{i}").RunAsync(GoOn), TestContext.Current.CancellationToken));
        var chaos = Task.Run(() => DisturbAsync(gateway, options!, log, new Random(seed - 1), GoOn), TestContext.Current.CancellationToken);
        await Task.WhenAll([.. clients, chaos]);
        await gateway.Host.StopAsync();

        var snapshot = gateway.Host.Metrics.Snapshot();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var lines = 0L;
        foreach (var file in Directory.GetFiles(log, "*.jsonl.gz"))
        {
            await using var stream = new System.IO.Compression.GZipStream(File.OpenRead(file), System.IO.Compression.CompressionMode.Decompress);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                using var json = System.Text.Json.JsonDocument.Parse(line);
                ids.Add(json.RootElement.GetProperty("id").GetString()!);
                lines++;
            }
        }

        var ended = snapshot.EndedByStatusClass.Sum();
        var missing = tally.Exchanges.Keys.Count(id => !ids.Contains(id));
        var aborts = tally.AbortMilliseconds(soak);
        Tell($"sim: sent {tally.SentCount}; seen: {tally.Seen}; ended {ended}, written {snapshot.RecordsWritten}, dropped and counted {snapshot.RecordsDropped}, in the log {lines}, missing {missing}, sound streams given up in words {tally.ToldSlowCount}");
        Tell(string.Create(CultureInfo.InvariantCulture, $"sim: {aborts.Count} aborts reached the provider: p50 {At(aborts, 0.5):0.0} ms, p99 {At(aborts, 0.99):0.0} ms; open at the end: {snapshot.ActiveStreams} streams, {soak.OpenCount} at the provider"));

        Assert.Empty(tally.Wrong);

        // None on a machine with time to spare: one in a thousand is what a busy one may cost.
        Assert.InRange(tally.ToldSlowCount, 0, 1 + (tally.SentCount / 1000));
        Assert.True(tally.Exchanges.Count > 20 * Math.Min(seconds, 5), "hardly anything was served");
        Assert.Equal((0, 0), (snapshot.ActiveStreams, snapshot.ActiveExchanges));
        Assert.Equal(ended, snapshot.RecordsWritten + snapshot.RecordsDropped);
        Assert.Equal((snapshot.RecordsWritten, snapshot.RecordsWritten), (lines, ids.Count));
        Assert.InRange(missing, 0, snapshot.RecordsDropped);
        Assert.True(seconds < 30 || snapshot.RecordsDropped > 0, "the log never failed: what should be counted was not tried");
        await gateway.DisposeAsync();
        Assert.Equal(0, soak.OpenCount);
    }

    /// <summary>Reloads, and for a while makes the log one that cannot be written.</summary>
    private static async Task DisturbAsync(RunningGateway gateway, GatewayOptions options, string log, Random chance, Func<bool> goOn)
    {
        var marker = Path.Combine(log, "open-file");
        while (goOn())
        {
            await Task.Delay(chance.Next(20, 120));
            gateway.Host.Configs.Replace(options with
            {
                Budgets = chance.Next(2) == 0 ? [] : [new BudgetOptions { Scope = BudgetScope.Global, Window = TimeSpan.FromDays(1), OutputTokens = long.MaxValue / 4 }],
                Providers = [options.Providers[0] with { Name = "p" + chance.Next(3), Dialects = [Dialects.OpenAiChat] }],
            });
            if (chance.Next(8) == 0 && TryBlock(marker))
            {
                await Task.Delay(chance.Next(50, 300));
                Directory.Delete(marker);
            }
        }
    }

    /// <summary>Puts a folder where the log writes the name of its next file: that file can then not be begun. The log may be about to write it, and wins.</summary>
    private static bool TryBlock(string marker)
    {
        try
        {
            File.Delete(marker);
            Directory.CreateDirectory(marker);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * share)];

    private static void Tell(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
    }
}
