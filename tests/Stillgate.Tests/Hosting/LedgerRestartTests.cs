using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Stillgate.Gateway;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;
using Stillgate.Server.Hosting.Ledgers;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>A restart forgets neither served turns nor biases, however the process ended, nor keeps them for longer; a damaged file costs what is damaged and not the service.</summary>
public sealed class LedgerRestartTests : IDisposable
{
    private const string Answer = """{"choices":[{"index":0,"message":{"role":"assistant","content":"served"},"finish_reason":"stop"}]}""";
    private const string Bias = """{"model":"m","logit_bias":{"5":10,"6":10},"messages":[]}""";
    private const string OtherBias = """{"model":"m","logit_bias":{"7":10},"messages":[]}""";
    private const string Logprobs = """{"model":"m","logprobs":true,"messages":[]}""";
    private static readonly ControlOptions Controls = new()
    {
        PrefixFreeze = ControlMode.On,
        UnseenPrefix = ControlMode.On,
        LogitBiasWithLogprobs = ControlMode.On,
        LogitBiasTokens = ControlMode.On,
        LogitBiasTokensMax = 2,
    };

    private readonly TemporaryFolder _store = new();
    private readonly ShiftedClock _time = new();
    private readonly CapturingLoggers _log = new();
    private string? _key;

    private string Folder => _store.File("ledgers");

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Up_KilledOnceItHasWritten_RemembersTurnsAndBiases()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var provider = await FakeProvider.BodyAsync(Encoding.UTF8.GetBytes(Answer));
        var (config, port) = (_store.File("stillgate.yaml"), ProcessMetrics.FreePort());
        await File.WriteAllTextAsync(
            config,
            $$"""
            listen: http://127.0.0.1:0
            adminListen: http://127.0.0.1:{{port}}
            store: {{_store.File("store")}}
            open: true
            providers: [{ name: fake, url: "{{provider.Address}}", dialects: [openai.chat], models: ["*"] }]
            controls: { prefixFreeze: on, unseenPrefix: on, logitBiasWithLogprobs: on, logitBiasTokens: on, logitBiasTokensMax: 2 }
            """,
            stop);
        using (var first = await UpProcess.StartAsync(config))
        {
            using var client = new HttpClient { BaseAddress = first.Address };
            Assert.Equal(["served", "served"], [await AskAsync(client, "sk-test", First("question")), await AskAsync(client, "sk-test", Bias)]);

            // A conversation's beginning and its answer, of two conversations; a use and two tokens.
            await ProcessMetrics.AtLeastAsync(port, "stillgate_ledger_entries_written_total{ledger=\"served-turns\"}", 4, stop);
            await ProcessMetrics.AtLeastAsync(port, "stillgate_ledger_entries_written_total{ledger=\"biases\"}", 3, stop);
        }

        using var second = await UpProcess.StartAsync(config);
        using var again = new HttpClient { BaseAddress = second.Address };

        Assert.Equal("prefix_edited", await AskAsync(again, "sk-test", Next("question", "changed")));
        Assert.Equal("prefix_unseen", await AskAsync(again, "sk-test", Next("another question", "changed")));
        Assert.Equal("served", await AskAsync(again, "sk-test", Next("question", "served")));
        Assert.Equal("logit_bias_with_logprobs", await AskAsync(again, "sk-test", Logprobs));
        Assert.Equal("logit_bias_tokens_spent", await AskAsync(again, "sk-test", OtherBias));
        Assert.Equal("served", await AskAsync(again, "sk-other", Logprobs));
    }

    [Theory]
    [InlineData(0.9, "prefix_edited", "logit_bias_with_logprobs", "logit_bias_tokens_spent")]
    [InlineData(1.1, "prefix_edited", "served", "served")]
    [InlineData(23, "prefix_edited", "served", "served")]
    [InlineData(25, "prefix_unseen", "served", "served")]
    public async Task Entries_StartedAgainAfterHours_AreThereUntilTheirWindowIsOver(double hours, string turn, string logprobs, string tokens)
    {
        Assert.Equal(["served", "served"], await RunAsync(First("question"), Bias));

        _time.Shift += TimeSpan.FromHours(hours);

        Assert.Equal([turn, logprobs], await RunAsync(Next("question", "changed"), Logprobs));
        if (logprobs != "served")
        {
            Assert.Equal([tokens], await RunAsync(OtherBias));
        }
    }

    [Fact]
    public async Task Files_OfGenerationsThatAreOver_AreDeleted()
    {
        await RunAsync(First("question"), Bias);
        var before = Files("*");

        _time.Shift += TimeSpan.FromDays(3);
        await RunAsync(First("question"), Bias);

        Assert.Equal((2, 2), (before.Length, Files("*").Length));
        Assert.Empty(before.Intersect(Files("*")));
    }

    [Fact]
    public async Task File_BlockDamaged_CostsThatBlockAlone()
    {
        await RunAsync(First("one"));
        await RunAsync(First("two"));
        await DamageAsync(Files("served-turns-*").Single(), bytes => bytes[LedgerFormat.HeadBytes + LedgerFormat.BlockHeadBytes + 3] ^= 1);

        // Where answers are known to be lost, nobody is said to have edited one.
        Assert.Equal(["prefix_unseen", "served", "prefix_unseen"], await RunAsync(Next("one", "served"), Next("two", "served"), Next("two", "changed")));
        Assert.Contains(_log.Lines, line => line.Contains("is damaged in 1 places", StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_CutInTheMiddleOfABlock_GoesOnBehindTheLastWholeOne()
    {
        await RunAsync(First("one"));
        await RunAsync(First("two"));
        var file = Files("served-turns-*").Single();
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))[..^5], TestContext.Current.CancellationToken);

        Assert.Equal(["served"], await RunAsync(First("three")));
        var warnings = _log.Lines.Count(line => line.Contains("is damaged in", StringComparison.Ordinal));
        Assert.Equal(["prefix_edited", "prefix_unseen", "prefix_edited"], await RunAsync(Next("one", "changed"), Next("two", "changed"), Next("three", "changed")));

        // The cut block is gone from the file.
        Assert.Equal((1, 1), (warnings, _log.Lines.Count(line => line.Contains("is damaged in", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(3, "does not begin as a ledger does")]
    [InlineData(16, "it is of version 0, and this build reads 1")]
    [InlineData(20, "its head is damaged")]
    [InlineData(40, "its head is damaged")]
    public async Task File_HeadDamaged_IsSetAsideAndServingGoesOn(int position, string reason)
    {
        await RunAsync(First("one"), Bias);
        var damaged = await DamageAsync(Files("served-turns-*").Single(), bytes => bytes[position] ^= 1);

        // The other ledger's is whole.
        Assert.Equal(["prefix_unseen", "logit_bias_with_logprobs", "served"], await RunAsync(Next("one", "changed"), Logprobs, First("one")));
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Path.Combine(Folder, "served-turns.damaged"), TestContext.Current.CancellationToken));
        Assert.Contains(_log.Lines, line => line.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(["prefix_edited"], await RunAsync(Next("one", "changed")));
    }

    [Theory]
    [InlineData("served-turns-000001777636800000", "")]
    [InlineData("served-turns-", "not a ledger")]
    [InlineData("biases-000001777636800000", "stillgate ledger, so it says")]
    public async Task File_OfAnotherSort_IsSetAsideAndServingGoesOn(string name, string content)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, name), content, TestContext.Current.CancellationToken);

        Assert.Equal(["served", "served"], await RunAsync(First("one"), Bias));
        Assert.Equal(["prefix_edited", "logit_bias_with_logprobs"], await RunAsync(Next("one", "changed"), Logprobs));
        Assert.Single(Files("*.damaged"));
    }

    [Fact]
    public async Task File_UnderAnothersName_IsSetAside()
    {
        await RunAsync(First("one"));
        File.Move(Files("served-turns-*").Single(), Path.Combine(Folder, "served-turns-000001777636800000"));

        Assert.Equal(["prefix_unseen"], await RunAsync(Next("one", "changed")));
        Assert.Contains(_log.Lines, line => line.Contains("its name and its head say different beginnings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Folder_CannotBeWritten_ServingGoesOnAndWhatWaitsIsCountedAndWrittenOnceItCan()
    {
        await File.WriteAllTextAsync(Folder, "in the way", TestContext.Current.CancellationToken);

        Assert.Equal(["served", "served"], await RunAsync(host =>
        {
            _time.Tick();
            return CheckAsync(host, "stillgate_ledger_entries_waiting{ledger=\"served-turns\"} 4");
        }, First("one"), Bias));
        Assert.Contains("served-turns: 4 entries are not kept on disk, and would be forgotten by a restart; trying on", string.Join('\n', _log.Lines), StringComparison.Ordinal);

        Assert.Equal(["served", "served"], await RunAsync(async host =>
        {
            _time.Tick();
            File.Delete(Folder);
            var saved = host.LedgersSaved;
            _time.Tick();
            await saved.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await CheckAsync(host, "stillgate_ledger_entries_waiting{ledger=\"served-turns\"} 0");
            await CheckAsync(host, "stillgate_ledger_entries_written_total{ledger=\"biases\"} 3");
        }, First("one"), Bias));
        Assert.Contains(_log.Lines, line => line == "biases: kept on disk again");
        Assert.Equal(["prefix_edited", "logit_bias_with_logprobs"], await RunAsync(Next("one", "changed"), Logprobs));
    }

    [Fact]
    public void Files_OfTheFirstVersion_AreReadForEver()
    {
        var golden = Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Hosting", "golden");
        var one = UInt128.Parse("0123456789abcdef0123456789abcdef", System.Globalization.NumberStyles.HexNumber, null);

        var (turns, hashes) = LedgerSegment.Open(Path.Combine(golden, "ledger-1-turns"), entryBytes: 16, bytesMax: 1000);
        var (biases, entries) = LedgerSegment.Open(Path.Combine(golden, "ledger-1-biases"), entryBytes: 32, bytesMax: 1000);

        var began = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal((began, 0, began, 0), (turns.BeganAt, turns.DamageCount, biases.BeganAt, biases.DamageCount));
        Assert.Equal([one, 2 * one, 3 * one], Enumerable.Range(0, hashes.Length / 16).Select(i => System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hashes.Span[(16 * i)..])));
        Assert.Equal(
            [new(one, 0, 1_777_636_801_000), new(one, 1, 1_777_636_802_000), new(2 * one, 0xfedcba9876543210, 1_777_636_803_000)],
            Enumerable.Range(0, entries.Length / 32).Select(i => Stillgate.Gateway.Controls.Ledgers.BiasEntry.Read(entries.Span[(32 * i)..])));
    }

    private static string First(string question) => $$"""{"model":"m","messages":[{"role":"user","content":"{{question}}"}]}""";

    private static string Next(string question, string answer) =>
        $$"""{"model":"m","messages":[{"role":"user","content":"{{question}}"},{"role":"assistant","content":"{{answer}}"},{"role":"user","content":"go on"}]}""";

    /// <summary>The code of the refusal, or "served".</summary>
    private static async Task<string?> AskAsync(HttpClient client, string key, string body)
    {
        using var response = await client.SendAsync(RunningGateway.Request(Samples.OpenAiPath, body, key), TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.OK ? "served" : await RefusalTests.OpenAiCodeAsync(response);
    }

    private static async Task CheckAsync(GatewayHost host, string metric)
    {
        using var admin = new HttpClient { BaseAddress = host.AdminAddress };
        Assert.Contains(metric + "\n", await admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private string[] Files(string pattern) => Directory.GetFiles(Folder, pattern);

    private static async Task<byte[]> DamageAsync(string file, Action<byte[]> damage)
    {
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        damage(bytes);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        return bytes;
    }

    private Task<List<string?>> RunAsync(params string[] bodies) => RunAsync(_ => Task.CompletedTask, bodies);

    private async Task<List<string?>> RunAsync(Func<GatewayHost, Task> whileRunning, params string[] bodies)
    {
        await using var provider = await FakeProvider.BodyAsync(Encoding.UTF8.GetBytes(Answer));
        var records = new RecordingObserver();
        await using var host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                Listen = new Uri("http://127.0.0.1:0"),
                AdminListen = new Uri("http://127.0.0.1:0"),
                StorePath = _store.Path,
                Observers = [records],
                Drain = TimeSpan.Zero,
                Gateway = new GatewayOptions { Providers = [new ProviderOptions { Name = "fake", Address = provider.Address, Dialects = [Dialects.OpenAiChat] }], Controls = Controls },
            },
            _time,
            _log,
            TestContext.Current.CancellationToken);
        _key ??= host.KeyStore.Create("acc-1", "org-1").Secret;
        host.ReloadKeys();
        using var client = new HttpClient { BaseAddress = host.Address };
        var codes = new List<string?>();
        foreach (var body in bodies)
        {
            codes.Add(await AskAsync(client, _key, body));
            await records.NextAsync();
        }

        await whileRunning(host);
        return codes;
    }

    /// <summary>The system's clock, some days on; the keeper writes when the test says so, and at the stop.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        private readonly List<(TimerCallback Callback, object? State)> _keepers = [];
        private long _ticked;

        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (state is LedgerKeeper)
            {
                _keepers.Add((callback, state));
                return base.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }

        public override long GetTimestamp() => base.GetTimestamp() + _ticked;

        /// <summary>A minute passes, so that no rest after a write holds the keeper back.</summary>
        public void Tick()
        {
            _ticked += 60 * TimestampFrequency;
            _keepers[^1].Callback(_keepers[^1].State);
        }
    }
}
