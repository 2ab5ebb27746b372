using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Stillgate.Gateway.Forwarder;
using Stillgate.Server.Hosting;
using Stillgate.Server.Hosting.Tls;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>What HTTP allows on either side beyond the plain request and answer: it passes, or is refused in words.</summary>
public sealed class WireShapeTests : IDisposable
{
    private const string Text = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"é\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private readonly TestCertificate _certificate = new();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task Client_ExpectsContinue_IsToldToGoOnAndTheProviderIsNotAsked()
    {
        HeaderDictionary? seen = null;
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            seen = new HeaderDictionary(context.Request.Headers.ToDictionary());
            await context.Response.Body.WriteAsync(Samples.OpenAiBody);
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        using var socket = await ConnectAsync(gateway);
        var head = Head(gateway, $"Expect: 100-continue\r\nContent-Length: {Encoding.UTF8.GetByteCount(Samples.Request)}\r\n");

        await socket.SendAsync(head);
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await ReadUntilAsync(socket, "\r\n\r\n"));
        await socket.SendAsync(Encoding.UTF8.GetBytes(Samples.Request));

        Assert.StartsWith("HTTP/1.1 200 OK", await ReadUntilAsync(socket, "\r\n\r\n"), StringComparison.Ordinal);
        Assert.False(seen!.ContainsKey("Expect"));
    }

    [Fact]
    public async Task Body_InChunks_ReachesTheProviderWholeWithItsLength()
    {
        (byte[] Body, long? Length) seen = default;
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            seen = (body.ToArray(), context.Request.ContentLength);
            await context.Response.Body.WriteAsync(Samples.OpenAiBody);
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        using var socket = await ConnectAsync(gateway);
        var body = Encoding.UTF8.GetBytes(Samples.Request);

        await socket.SendAsync(Head(gateway, "Transfer-Encoding: chunked\r\n"));
        foreach (var piece in body.Chunk(5))
        {
            // With an extension, and cut within characters.
            await socket.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"{piece.Length:x};note=1\r\n"), .. piece, .. "\r\n"u8]);
        }

        await socket.SendAsync("0\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200 OK", await ReadUntilAsync(socket, "\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(body, seen.Body);
        Assert.Equal(body.Length, seen.Length);
    }

    [Theory]
    [InlineData("utf-8-mark")]
    [InlineData("utf-16")]
    [InlineData("not-unicode")]
    public async Task Body_OfAnotherEncoding_Gets400(string kind)
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));
        byte[] body = kind switch
        {
            "utf-8-mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Samples.Request)],
            "utf-16" => Encoding.Unicode.GetBytes(Samples.Request),
            _ => [.. "{\"model\":\"m"u8, 0xFF, .. "\"}"u8],
        };

        using var response = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, body, gateway.Key));

        Assert.Equal((400, "body_not_json"), ((int)response.StatusCode, await RefusalTests.OpenAiCodeAsync(response)));
    }

    [Theory]
    [InlineData("{\"model\":\"m\",\"deep\":", 126, 200)]
    [InlineData("{\"model\":\"m\",\"deep\":", 128, 400)]
    public async Task Body_NestedToTheBound_PassesAndNoDeeper(string start, int depth, int status)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, start + new string('[', depth) + new string(']', depth) + "}");

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Provider_AnswersBeforeItHasTheBody_AnswerPasses()
    {
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7";
            await context.Response.Body.WriteAsync("{\"error\":{}}"u8.ToArray());
            await context.Response.CompleteAsync();
            await context.Request.Body.CopyToAsync(Stream.Null);
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var body = "{\"model\":\"m\",\"x\":\"" + new string('x', 4 << 20) + "\"}";

        using var response = await gateway.SendAsync(Samples.OpenAiPath, body);

        Assert.Equal((429, "7"), ((int)response.StatusCode, response.Headers.GetValues("Retry-After").Single()));
        Assert.Equal("provider-error", (await gateway.Records.NextAsync()).End);
    }

    [Fact]
    public async Task Provider_TakesConnectionsFromNobody_IsDownByTheConnectionsClockAndTheNextIsAsked()
    {
        using var full = new FullListener();
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(full.Address, options => options with
        {
            Timeouts = new TimeoutOptions { Connect = TimeSpan.FromMilliseconds(300) },
            Providers =
            [
                options.Providers[0] with { Models = ["only-full"] },
                options.Providers[0] with { Name = "full", Weight = 1000, Models = ["m-*"] },
                options.Providers[0] with { Name = "next", Address = provider.Address, Models = ["m-*"] },
            ],
        });

        using var down = await gateway.SendAsync(Samples.OpenAiPath, "{\"model\":\"only-full\"}");
        Assert.Equal((502, "provider_unreachable"), ((int)down.StatusCode, await RefusalTests.OpenAiCodeAsync(down)));
        Assert.Equal(("provider-down", 502), (await gateway.Records.NextAsync()) is var record ? (record.End, record.Status) : default);

        // It has seen nothing of the request: another may be asked.
        using var served = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        Assert.Equal(200, (int)served.StatusCode);
    }

    // The server has no trailers for an answer over HTTP/1.1: there the stream passes without them.
    [Theory]
    [InlineData("1.1", null)]
    [InlineData("2.0", "abc")]
    public async Task Stream_WithTrailersOfAnHttp2Provider_PassesThemWhereTheClientCanHaveThem(string clientVersion, string? passed)
    {
        await using var provider = await FakeProvider.StartAsync(
            async context =>
            {
                context.Response.ContentType = "text/event-stream";
                context.Response.DeclareTrailer("x-checksum");
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Text));
                context.Response.AppendTrailer("x-checksum", "abc");
            },
            _certificate.Whole);

        Assert.Equal(passed, await ChecksumAsync(provider.Address, clientVersion));
    }

    [Fact]
    public async Task Stream_WithTrailersOfAnHttp1Provider_PassesThemToAnHttp2Client()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOnceAsync(listener, $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTrailer: x-checksum\r\nTransfer-Encoding: chunked\r\n\r\n{Encoding.UTF8.GetByteCount(Text):x}\r\n{Text}\r\n0\r\nx-checksum: abc\r\n\r\n");

        Assert.Equal("abc", await ChecksumAsync(new Uri("http://" + listener.LocalEndpoint), "2.0"));
        await serving;
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Stream_ThatAnHttp2ProviderResets_NeverLooksWhole(string clientVersion)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = await FakeProvider.StartAsync(
            async context =>
            {
                Assert.Equal("HTTP/2", context.Request.Protocol);
                context.Response.ContentType = "text/event-stream";
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Text[..40]));
                await passed.Task;
                context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(errorCode: 2);
            },
            _certificate.Whole);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { ProviderRoots = _certificate.Roots }, WithTls);
        using var client = Client();

        using var response = await client.SendAsync(Request(gateway, clientVersion), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var first = new byte[Encoding.UTF8.GetByteCount(Text[..40])];
        await stream.ReadExactlyAsync(first, TestContext.Current.CancellationToken);
        passed.SetResult();

        await Assert.ThrowsAnyAsync<IOException>(async () => await stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
        Assert.Equal(Text[..40], Encoding.UTF8.GetString(first));
        Assert.Equal("provider-cut", (await gateway.Records.NextAsync()).End);
    }

    private static async Task<Socket> ConnectAsync(RunningGateway gateway)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(gateway.Host.Address.Host, gateway.Host.Address.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    private static byte[] Head(RunningGateway gateway, string more) =>
        Encoding.ASCII.GetBytes($"POST {Samples.OpenAiPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {gateway.Key}\r\nContent-Type: application/json\r\n{more}\r\n");

    private static async Task<string> ReadUntilAsync(Socket socket, string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal) && await socket.ReceiveAsync(one, TestContext.Current.CancellationToken) == 1)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    private static HttpRequestMessage Request(RunningGateway gateway, string version)
    {
        var request = RunningGateway.Request(Samples.OpenAiPath, Samples.StreamRequest, gateway.Key);
        request.RequestUri = new Uri(gateway.Host.Address, Samples.OpenAiPath);
        (request.Version, request.VersionPolicy) = (Version.Parse(version), HttpVersionPolicy.RequestVersionExact);
        return request;
    }

    private static async Task ServeOnceAsync(TcpListener listener, string answer)
    {
        using var socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await ReadUntilAsync(socket, "}");
        await socket.SendAsync(Encoding.UTF8.GetBytes(answer));
    }

    private async Task<string?> ChecksumAsync(Uri provider, string clientVersion)
    {
        await using var gateway = await RunningGateway.StartAsync(provider, options => options with { ProviderRoots = _certificate.Roots }, WithTls);
        using var client = Client();
        using var response = await client.SendAsync(Request(gateway, clientVersion), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal(Text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("complete", (await gateway.Records.NextAsync()).End);
        return response.TrailingHeaders.TryGetValues("x-checksum", out var values) ? values.Single() : null;
    }

    private GatewayHostOptions WithTls(GatewayHostOptions options)
    {
        var path = _certificate.WriteTo(Path.Combine(options.StorePath, "server.pem"));
        return options with { Listen = new Uri("https://127.0.0.1:0"), Tls = new TlsOptions(path, path) };
    }

    private HttpClient Client()
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = _certificate.IsIt;
        return new HttpClient(handler);
    }
}
