using System.Net;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway;
using Stillgate.Gateway.Recorder;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Readiness, draining, metrics, and what happens when records cannot be kept.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task Stop_StreamUnderWay_ReadinessTurnsAndTheStreamFinishes()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = await SlowStreamAsync(goOn.Task);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, shapeHost: host => host with { Drain = TimeSpan.FromSeconds(60) });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode);
        var stopping = gateway.Host.StopAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Client.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode);
        goOn.SetResult();

        Assert.Equal(Samples.OpenAiStream, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        await stopping;
        Assert.Equal("complete", (await gateway.Records.NextAsync()).End);
    }

    [Fact]
    public async Task Stop_DrainTimeOver_StreamEndsWithAnErrorEventAndRecord()
    {
        await using var provider = await SlowStreamAsync(new TaskCompletionSource().Task);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, shapeHost: host => host with { Drain = TimeSpan.FromMilliseconds(200) });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        var stopping = gateway.Host.StopAsync();
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await stopping;

        Assert.Contains("\"code\":\"gateway_stopping\"", body, StringComparison.Ordinal);
        var record = await gateway.Records.NextAsync();
        Assert.Equal(("drained", "gateway_stopping"), (record.End, record.EndReason));
    }

    [Fact]
    public async Task Recorder_RequiredAndLogUnwritable_Gets503InShapeAndNotReady()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address,
            options => options with { Recorder = new RecorderOptions { IsRequired = true } },
            BlockLog);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal("recorder_unavailable", await RefusalTests.OpenAiCodeAsync(response));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Client.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Recorder_NotRequiredAndLogUnwritable_ServesAndCountsDrops()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        var gateway = await RunningGateway.StartAsync(provider.Address, shapeHost: BlockLog);
        await using (gateway)
        {
            using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode);
            await gateway.Records.NextAsync();
        }

        Assert.Equal((0, 1), (gateway.Host.Metrics.Snapshot().RecordsWritten, gateway.Host.Metrics.Snapshot().RecordsDropped));
    }

    [Fact]
    public async Task Metrics_AfterExchanges_CountThem()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        var gateway = await RunningGateway.StartAsync(provider.Address);
        await using (gateway)
        {
            (await gateway.SendAsync(Samples.OpenAiPath, Samples.Request)).Dispose();
            (await gateway.SendAsync(Samples.OpenAiPath, "{")).Dispose();
            await gateway.Records.NextAsync();
            await gateway.Records.NextAsync();
        }

        var snapshot = gateway.Host.Metrics.Snapshot();
        Assert.Equal([0, 1, 0, 1, 0], snapshot.EndedByStatusClass);
        Assert.Equal((0, 0, 2L), (snapshot.ActiveExchanges, snapshot.ActiveStreams, snapshot.RecordsWritten));
        Assert.Equal(300, snapshot.RequestsPerSecond.Count);
    }

    [Fact]
    public void Queue_Full_DropsTheNewestAndCounts()
    {
        var queue = new ExchangeQueue(capacity: 2);
        var record = new Stillgate.Protocol.ExchangeLog.ExchangeRecord { Id = "x", At = default, Account = "a", Dialect = "d", Model = "m", Status = 200 };

        Assert.True(queue.TryWrite(record));
        Assert.True(queue.TryWrite(record));
        Assert.False(queue.IsAccepting);
        Assert.False(queue.TryWrite(record with { Id = "dropped" }));
        Assert.Equal(1, queue.DroppedCount);
        Assert.True(queue.Reader.TryRead(out _));
        Assert.True(queue.IsAccepting);
    }

    [Fact]
    public async Task Key_CreatedByAnotherProcess_IsValidWithoutRestart()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var folder = Stillgate.Storage.StoreFolder.Open(gateway.Host.Folder.Path);
        string key;
        using (var database = Stillgate.Storage.StillgateDatabase.Open(folder))
        {
            key = new Stillgate.Storage.Keys.KeyStore(database, folder, TimeProvider.System).Create("acc-2", null).Secret;
        }

        // Each attempt is an exchange; the key is taken up between two of them.
        var attempts = 0;
        HttpStatusCode status;
        do
        {
            using var response = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, key));
            status = response.StatusCode;
        }
        while (status == HttpStatusCode.Unauthorized && ++attempts < 100_000);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    private static Stillgate.Server.Hosting.GatewayHostOptions BlockLog(Stillgate.Server.Hosting.GatewayHostOptions host)
    {
        File.WriteAllText(Path.Combine(host.StorePath, "exchanges"), "a file where the folder should be");
        return host;
    }

    private static Task<FakeProvider> SlowStreamAsync(Task goOn) => FakeProvider.StartAsync(async context =>
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.WriteAsync(Samples.OpenAiStream.AsMemory(0, 100));
        await context.Response.Body.FlushAsync();
        await goOn.WaitAsync(context.RequestAborted);
        await context.Response.Body.WriteAsync(Samples.OpenAiStream.AsMemory(100));
    });
}
