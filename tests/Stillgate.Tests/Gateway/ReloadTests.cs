using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Stillgate.Gateway;
using Stillgate.Gateway.Budgets;
using Stillgate.Server.Configuration;
using Stillgate.Server.Hosting;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>A reload takes effect as a whole or not at all, and never within an exchange.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task Reload_StreamUnderWay_FinishesOnItsOwnAndTheNextUsesTheNew()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var before = await FakeProvider.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(Samples.OpenAiStream.AsMemory(0, 100));
            await context.Response.Body.FlushAsync();
            await goOn.Task.WaitAsync(context.RequestAborted);
            await context.Response.Body.WriteAsync(Samples.OpenAiStream.AsMemory(100));
        });
        await using var after = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        GatewayOptions? options = null;
        await using var gateway = await RunningGateway.StartAsync(before.Address, given => options = given);

        using var stream = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        gateway.Host.Configs.Replace(options! with { Providers = [options!.Providers[0] with { Address = after.Address }] });
        using var next = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        Assert.Equal(Samples.OpenAiBody, await next.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        goOn.SetResult();

        Assert.Equal(Samples.OpenAiStream, await stream.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["complete", "complete"], [(await gateway.Records.NextAsync()).End, (await gateway.Records.NextAsync()).End]);
    }

    [Fact]
    public async Task Reload_BudgetWithAnotherBound_GoesOnWithWhatWasUsed()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        GatewayOptions? options = null;
        await using var gateway = await RunningGateway.StartAsync(provider.Address, given => options = given with { Budgets = [Day(requests: 10)] });
        (await gateway.SendAsync(Samples.OpenAiPath, Samples.Request)).Dispose();

        gateway.Host.Configs.Replace(options! with { Budgets = [Day(requests: 2)] });
        using var second = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        using var third = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (second.StatusCode, third.StatusCode));
    }

    [Fact]
    public async Task Reload_FileWithMistakes_ChangesNothingAndLogsEachOfThem()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "stillgate.yaml");
        await File.WriteAllTextAsync(file, $"listen: nowhere\nstore: {folder.Path}\nproviders:\n  - {{ url: {provider.Address}, dialects: [openai.chat], wieght: 2 }}\nbudgets: [{{ scope: account }}]\n", TestContext.Current.CancellationToken);
        var logger = new ListLogger();
        var reloader = new ConfigReloader(gateway.Host, Options(folder.Path, provider.Address), problems => UpSettingsCheck.ToHostOptions(ConfigFile.Read(file, problems), file, problems), logger);
        var inForce = gateway.Host.Configs.Current;

        var problems = reloader.Reload();

        Assert.Equal(["budgets[0]", "listen", "providers[0].wieght"], problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
        Assert.Equal(3, logger.Lines.Count(line => line.Contains("not reloaded", StringComparison.Ordinal) && line.Contains(file, StringComparison.Ordinal)));
        Assert.Same(inForce, gateway.Host.Configs.Current);
        Assert.Contains("stillgate_config_reloads_refused_total 1\n", gateway.Host.Metrics.ToPrometheusText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_SettingThatNeedsARestart_ChangesNothingAndNamesIt()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));
        var running = Options("store", new Uri("http://127.0.0.1:9"));
        var changed = running with { StorePath = "elsewhere", Gateway = running.Gateway with { ForwardedHeaders = ["x-more"] } };
        var inForce = gateway.Host.Configs.Current;

        var problems = new ConfigReloader(gateway.Host, running, _ => changed, new ListLogger()).Reload();

        Assert.Equal("store", problems.Single().Path);
        Assert.Same(inForce, gateway.Host.Configs.Current);
        Assert.Empty(new ConfigReloader(gateway.Host, running, _ => changed with { StorePath = "store" }, new ListLogger()).Reload());
        Assert.Equal(["x-more"], gateway.Host.Configs.Current.Options.ForwardedHeaders);
    }

    private static BudgetOptions Day(long requests) => new() { Window = TimeSpan.FromDays(1), Requests = requests };

    private static GatewayHostOptions Options(string store, Uri provider) => new()
    {
        Listen = new Uri("http://127.0.0.1:8080"),
        StorePath = store,
        Gateway = new GatewayOptions { Providers = [new() { Name = "p", Address = provider, Dialects = ["openai.chat"] }] },
    };

    private sealed class ListLogger : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));
    }
}
