using System.Text;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>The process itself, told to stop while it serves.</summary>
public sealed class StopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Up_Terminated_GivesStreamsTheWholeDrainTimeAndRecordsThem()
    {
        // Longer than the two seconds that a library for command lines leaves a process by itself.
        var (body, record) = await StopAsync(drainSeconds: 4, signals: 1);

        Assert.Contains("gateway_stopping", body, StringComparison.Ordinal);
        Assert.Equal("drained", record.End);
        Assert.InRange(record.DurationMs ?? 0, 3900, int.MaxValue);
    }

    [Fact]
    public async Task Up_TerminatedTwice_EndsStreamsInWordsAtOnceAndRecordsThem()
    {
        var (body, record) = await StopAsync(drainSeconds: 3600, signals: 2);

        Assert.Contains("gateway_stopping", body, StringComparison.Ordinal);
        Assert.Equal("drained", record.End);
    }

    [Fact]
    public async Task Up_SecondOnTheSameStore_IsRefusedUntilTheFirstIsGone()
    {
        await File.WriteAllTextAsync(_folder.File("c.yaml"), $"listen: http://127.0.0.1:0\nstore: {_folder.File("store")}\nproviders: [{{ url: \"http://127.0.0.1:9\", dialects: [openai.chat] }}]\n", TestContext.Current.CancellationToken);
        var first = await UpProcess.StartAsync(_folder.File("c.yaml"));
        try
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => UpProcess.StartAsync(_folder.File("c.yaml")));
            Assert.Contains("another gateway writes to this store", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            // Killed, not stopped: nothing of it can give the hold up.
            first.Dispose();
        }

        using var next = await UpProcess.StartAsync(_folder.File("c.yaml"));
        Assert.True(next.Address.Port > 0);
    }

    private async Task<(string Body, ExchangeRecord Record)> StopAsync(int drainSeconds, int signals)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync("data: {}\n\n"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await File.WriteAllTextAsync(_folder.File("c.yaml"), $"""
            listen: http://127.0.0.1:0
            store: {_folder.File("store")}
            open: true
            drainSeconds: {drainSeconds}
            providers:
              - url: {provider.Address}
                dialects: [openai.chat]
            """, stop);
        using var up = await UpProcess.StartAsync(_folder.File("c.yaml"));
        using var client = new HttpClient { BaseAddress = up.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, Samples.OpenAiPath) { Content = new StringContent(Samples.StreamRequest, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", "sk-test-key");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);

        for (var i = 0; i < signals; i++)
        {
            await up.TerminateAsync();
        }

        var body = await response.Content.ReadAsStringAsync(stop);
        Assert.Equal(0, await up.ExitedAsync());
        Assert.Contains("stopped: 1 records written, 0 dropped", await up.LogAsync(), StringComparison.Ordinal);
        var problems = new List<LogProblem>();
        var record = Assert.Single(new ExchangeLogReader(_folder.File("store/exchanges"), problems.Add).Read());
        Assert.Empty(problems);
        return (body, record);
    }
}
