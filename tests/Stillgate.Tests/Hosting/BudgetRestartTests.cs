using Microsoft.Extensions.Logging.Abstractions;
using Stillgate.Gateway;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>A restart gives nobody a budget back, however the process ended; a damaged file costs one window's count and not the service.</summary>
public sealed class BudgetRestartTests : IDisposable
{
    private static readonly BudgetOptions[] TwoADay = [new BudgetOptions { Window = TimeSpan.FromDays(1), Requests = 2, OutputTokens = 1000 }, new BudgetOptions { Scope = BudgetScope.Global, Window = TimeSpan.FromDays(1), Requests = 1000 }];
    private readonly TemporaryFolder _store = new();
    private readonly StoppedClock _time = new();
    private string? _key;

    private string File => Path.Combine(_store.Path, "budgets");

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Budget_SpentBeforeAStop_IsSpentAfterIt()
    {
        Assert.Equal([200, 200, 429], await RunAsync(requests: 3));
        Assert.Equal([429], await RunAsync(requests: 1));
        _time.Now += TimeSpan.FromDays(1);
        Assert.Equal([200], await RunAsync(requests: 1));
    }

    [Fact]
    public async Task Budget_UsedBeforeAKill_IsThereAsItWasWrittenLast()
    {
        using var killed = new TemporaryFolder();
        Assert.Equal([200, 200], await RunAsync(requests: 2, whileRunning: async host =>
        {
            var saved = host.BudgetsSaved;
            _time.Tick();
            await saved.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            System.IO.File.Copy(File, Path.Combine(killed.Path, "budgets"));
        }));

        // As the process left it that was killed then.
        System.IO.File.Copy(Path.Combine(killed.Path, "budgets"), File, overwrite: true);
        Assert.Equal([429], await RunAsync(requests: 1));
    }

    [Fact]
    public async Task Tokens_Settled_AreKeptAsTheyWereSettled()
    {
        await RunAsync(requests: 2);

        var standing = BudgetFile.Read(File).Single(standing => standing.Scope == BudgetScope.Account);
        Assert.Equal(("acc-1", 2L, 14L), (standing.Owner, standing.Requests, standing.OutputTokens));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"used\":[]}\n")]
    [InlineData("{\"version\":1,\"used\":[[\"Account\",86400,1,\"acc-1\",2,0,0,0]]}\n0000\n")]
    [InlineData("not json\nSHA\n")]
    [InlineData("{\"version\":2,\"used\":[]}\nSHA\n")]
    [InlineData("{\"version\":1,\"used\":[[\"Nobody\",86400,1,\"acc-1\",2,0,0,0]]}\nSHA\n")]
    [InlineData("{\"version\":1,\"used\":[[\"Account\",86400]]}\nSHA\n")]
    [InlineData("{\"version\":1,\"used\":[[\"Account\",9223372036854775807,1,\"acc-1\",2,0,0,0]]}\nSHA\n")]
    public async Task File_Damaged_IsSetAsideAndTheWindowBeginsAnew(string content)
    {
        await RunAsync(requests: 2);
        var first = content.Split('\n')[0];
        var damaged = content.Replace("SHA", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(first))), StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(File, damaged, TestContext.Current.CancellationToken);

        Assert.Throws<InvalidDataException>(() => BudgetFile.Read(File));
        Assert.Equal([200, 200, 429], await RunAsync(requests: 3));
        Assert.Equal(damaged, await System.IO.File.ReadAllTextAsync(File + ".damaged", TestContext.Current.CancellationToken));
        Assert.Equal([429], await RunAsync(requests: 1));
    }

    [Fact]
    public async Task File_CannotBeWritten_ServingGoesOn()
    {
        Directory.CreateDirectory(File);

        Assert.Equal([200, 200, 429], await RunAsync(requests: 3));
    }

    [Fact]
    public void File_OfTheFirstVersion_IsReadForEver()
    {
        var used = BudgetFile.Read(Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Hosting", "golden", "budgets-1"));

        Assert.Equal(
            [new BudgetStanding(BudgetScope.Account, TimeSpan.FromDays(1), 739_736, "acc-1", 2, 31, 14, 0), new BudgetStanding(BudgetScope.Global, TimeSpan.FromSeconds(60), 1_065_219_840, "", 1, 0, 7, 3)],
            used);
    }

    private async Task<List<int>> RunAsync(int requests, Func<GatewayHost, Task>? whileRunning = null)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        var records = new RecordingObserver();
        await using var host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                Listen = new Uri("http://127.0.0.1:0"),
                StorePath = _store.Path,
                Observers = [records],
                Drain = TimeSpan.Zero,
                Gateway = new GatewayOptions { Providers = [new ProviderOptions { Name = "fake", Address = provider.Address, Dialects = [Dialects.OpenAiChat] }], Budgets = TwoADay },
            },
            _time,
            NullLoggerFactory.Instance,
            TestContext.Current.CancellationToken);
        _key ??= host.KeyStore.Create("acc-1", "org-1").Secret;
        host.ReloadKeys();
        using var client = new HttpClient { BaseAddress = host.Address };
        var statuses = new List<int>();
        for (var i = 0; i < requests; i++)
        {
            using var response = await client.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, _key), TestContext.Current.CancellationToken);
            statuses.Add((int)response.StatusCode);
            await records.NextAsync();
        }

        await (whileRunning?.Invoke(host) ?? Task.CompletedTask);
        return statuses;
    }

    /// <summary>Stands still but for the ticks of the timers that a test asks for.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private readonly List<(TimerCallback Callback, object? State)> _periodic = [];

        public DateTimeOffset Now { get; set; } = new(2026, 5, 1, 12, 0, 15, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (state is BudgetKeeper)
            {
                _periodic.Add((callback, state));
                return base.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }

        public void Tick() => _periodic[^1].Callback(_periodic[^1].State);
    }
}
