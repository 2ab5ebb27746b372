using System.Net.Http.Headers;
using Stillgate.Gateway.Forwarder;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>The body's memory goes back to a pool that other requests take from: never while it is still being sent.</summary>
public sealed class HeldBodyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Memory_WhileItIsSent_IsNotDoneWith(bool fails)
    {
        var provider = new StallingStream();
        using var body = new HeldBody("{}"u8.ToArray(), isCarriedAlone: false, CancellationToken.None);
        var copying = body.CopyToAsync(provider, TestContext.Current.CancellationToken);

        var sent = body.WhenSentAsync();
        Assert.False(sent.IsCompleted);

        // A provider that failed took nothing more either, and how it failed is told elsewhere.
        provider.Written.SetResult(fails ? new IOException("cut") : null);
        await sent;
        Assert.Equal(fails, (await Record.ExceptionAsync(() => copying)) is HttpRequestException or IOException);
    }

    [Fact]
    public async Task Memory_NeverSent_IsDoneWithAtOnce()
    {
        using var body = new HeldBody("{}"u8.ToArray(), isCarriedAlone: false, CancellationToken.None);
        await body.WhenSentAsync();
    }

    [Fact]
    public async Task Invoker_OfAHeldBody_SendsItInPlaceOfTheContent()
    {
        using var asked = new SeenHandler();
        using var body = new HeldBody("{\"a\":1}"u8.ToArray(), isCarriedAlone: false, CancellationToken.None);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("http://provider.example/")) { Content = new ByteArrayContent([1, 2]) };
        using var invoker = new HeldBodyInvoker(asked, body);

        using var response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(("{\"a\":1}", 7, "application/json"), asked.Seen);
    }

    private sealed class SeenHandler : HttpMessageHandler
    {
        public (string? Body, long? Length, string? Type) Seen { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen = (await request.Content!.ReadAsStringAsync(cancellationToken), request.Content.Headers.ContentLength, request.Content.Headers.ContentType?.MediaType);
            return new HttpResponseMessage();
        }
    }

    private sealed class StallingStream : MemoryStream
    {
        public TaskCompletionSource<Exception?> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (await Written.Task is { } failure)
            {
                throw failure;
            }
        }
    }
}
