using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>How soon a provider knows that its client has left: it computes for nobody until then.</summary>
public sealed class AbortTests
{
    private const int Attempts = 20;
    private static readonly TimeSpan Goal = TimeSpan.FromMilliseconds(10);

    // The soonest of several: what a busy machine adds to one of them says nothing about the gateway, and a gateway that waited would do so each time.
    [Theory]
    [InlineData("before-head", "")]
    [InlineData("mid-stream", "text/event-stream")]
    [InlineData("mid-json", "application/json")]
    public async Task Client_Leaves_ProviderKnowsWithinTenMilliseconds(string phase, string contentType)
    {
        var reached = new TaskCompletionSource();
        var told = new TaskCompletionSource<long>();
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            if (contentType.Length > 0)
            {
                context.Response.ContentType = contentType;
                await context.Response.Body.WriteAsync("data: {\"choices\":[]}\n\n"u8.ToArray());
            }

            await using var registration = context.RequestAborted.Register(() => told.TrySetResult(TimeProvider.System.GetTimestamp()));
            reached.TrySetResult();
            await told.Task;
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var soonest = TimeSpan.MaxValue;
        for (var i = 0; i < Attempts && soonest > Goal; i++)
        {
            (reached, told) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(gateway.Host.Address.Host, gateway.Host.Address.Port, TestContext.Current.CancellationToken);
            await socket.SendAsync(Encoding.UTF8.GetBytes(
                $"POST {Samples.OpenAiPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {gateway.Key}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(Samples.StreamRequest)}\r\n\r\n{Samples.StreamRequest}"));
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            if (phase != "before-head")
            {
                Assert.True(await socket.ReceiveAsync(new byte[64], TestContext.Current.CancellationToken) > 0);
            }

            var left = TimeProvider.System.GetTimestamp();
            socket.Close();
            var took = TimeProvider.System.GetElapsedTime(left, await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            soonest = took < soonest ? took : soonest;
        }

        Assert.InRange(soonest, TimeSpan.Zero, Goal);
    }
}
