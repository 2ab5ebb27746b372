using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Authentication;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Limits;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Large bodies, slow readers, and clients that leave at the worst moment cost their own exchange and nobody else's.</summary>
public sealed class LoadShapeTests
{
    [Fact]
    public async Task Body_OfTheLargestSize_ReachesTheProviderWholeAndOneByteMoreDoesNot()
    {
        byte[] seen = [];
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            seen = await SHA256.HashDataAsync(context.Request.Body);
            await context.Response.Body.WriteAsync(Samples.OpenAiBody);
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var bodyBytesMax = new LimitOptions().BodyBytesMax;
        Assert.Equal(128 << 20, bodyBytesMax);
        var head = "{\"model\":\"m-large\",\"messages\":[{\"role\":\"user\",\"content\":\""u8;
        var body = new byte[bodyBytesMax];
        body.AsSpan().Fill((byte)'a');
        head.CopyTo(body);
        "\"}]}"u8.CopyTo(body.AsSpan(bodyBytesMax - 4));

        using var response = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, body, gateway.Key));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(SHA256.HashData(body), seen);
        Assert.Equal(("complete", true), (await gateway.Records.NextAsync()) is var record ? (record.End, record.Truncated) : default);

        using var tooLarge = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, [.. body, (byte)' '], gateway.Key));
        Assert.Equal(413, (int)tooLarge.StatusCode);
        Assert.Equal("body_too_large", await RefusalTests.OpenAiCodeAsync(tooLarge));
    }

    [Fact]
    public async Task Client_ReadsSlowly_ProviderWaitsAndOthersAreServed()
    {
        const int pieces = 1024;
        var piece = Encoding.UTF8.GetBytes("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + new string('x', 65_000) + "\"}}]}\n\n");
        var written = 0;
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            if (!(await reader.ReadToEndAsync()).Contains("\"stream\":true", StringComparison.Ordinal))
            {
                await context.Response.Body.WriteAsync(Samples.OpenAiBody);
                return;
            }

            context.Response.ContentType = "text/event-stream";
            for (; written < pieces; written++)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            }

            await context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray());
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var slow = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        for (var i = 0; i < 50; i++)
        {
            using var other = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
            Assert.Equal(Samples.OpenAiBody, await other.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        // 64 MB do not fit into the sockets' buffers: where the client reads nothing, the provider cannot be done.
        Assert.InRange(Volatile.Read(ref written), 0, pieces - 1);
        var bytes = await slow.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal((pieces * (long)piece.Length) + 14, bytes.Length);
    }

    [Theory]
    [InlineData("before-body-ends")]
    [InlineData("within-json-answer")]
    public async Task Client_LeavesWithinABody_ProviderIsToldAndRecordSaysSo(string phase)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            asked++;
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Samples.OpenAiBody.Length;
            await context.Response.Body.WriteAsync(Samples.OpenAiBody.AsMemory(0, 40));
            await context.Response.Body.FlushAsync();
            await using var registration = context.RequestAborted.Register(() => told.TrySetResult());
            await told.Task;
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(gateway.Host.Address.Host, gateway.Host.Address.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        var whole = phase == "within-json-answer";
        var length = Encoding.UTF8.GetByteCount(Samples.Request);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"POST {Samples.OpenAiPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {gateway.Key}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"), TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(whole ? Samples.Request : Samples.Request[..10]), TestContext.Current.CancellationToken);
        if (whole)
        {
            Assert.True(await stream.ReadAsync(new byte[64], TestContext.Current.CancellationToken) > 0);
        }

        socket.Client.LingerState = new System.Net.Sockets.LingerOption(enable: true, seconds: 0);
        socket.Close();
        if (whole)
        {
            await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        var record = await gateway.Records.NextAsync();
        Assert.Equal(("client-left", whole ? 1 : 0), (record.End, asked));
    }

    [Fact]
    public async Task Budget_OfReasoningTokens_IsReservedAndSettled()
    {
        await using var provider = await FakeProvider.StreamAsync(Samples.OpenAiStream, 100_000);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Budgets = [new BudgetOptions { Window = TimeSpan.FromDays(1), ReasoningTokens = 66 }] });

        // Each request may reason with all of its 64 tokens and does with 2: the second fits beside 2, the third not beside 4.
        var statuses = new List<int>();
        string remaining = "";
        for (var i = 0; i < 3; i++)
        {
            using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            statuses.Add((int)response.StatusCode);
            remaining = i == 1 ? response.Headers.GetValues("stillgate-budget-remaining").Single() : remaining;
        }

        Assert.Equal([200, 200, 429], statuses);
        Assert.Equal("account;window=86400s;reasoning-tokens=0", remaining);
    }

    [Fact]
    public void Budget_OfACampaign_BoundsItsAccountsTogetherAndNobodyElse()
    {
        var book = new BudgetBook([new BudgetOptions { Scope = BudgetScope.Campaign, Window = TimeSpan.FromDays(1), Requests = 1 }], TimeProvider.System, new TwoInOne(), before: null);
        ApiKey[] keys = [new("k1", "a1", null), new("k2", "a2", null), new("k3", "a3", null), new("k3", "a3", null)];

        Assert.Equal([true, false, true, true], keys.Select(key => book.TryReserve(key, new BudgetUse(1, 0, 0), out _, out _) is not null));
    }

    private sealed class TwoInOne : ICampaignDirectory
    {
        public string? CampaignOf(string account) => account == "a3" ? null : "c-1";
    }
}
