using System.Net;
using System.Net.Sockets;
using Stillgate.Gateway;
using Stillgate.Gateway.Clients;
using Stillgate.Parties.Network;
using Stillgate.Server.Commands;
using Stillgate.Server.Hosting.Tls;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>TLS and HTTP/2 on both sides of the gateway.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificate _certificate = new();

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Stream_OverTls_IsUntouched(string version)
    {
        await using var provider = await FakeProvider.StreamAsync(Samples.OpenAiStream, pieceBytes: 7);
        await using var gateway = await StartAsync(provider.Address);
        using var client = ClientOf(gateway, _certificate);
        using var request = Request(gateway, version, Samples.StreamRequest);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, Version.Parse(version)), (response.StatusCode, response.Version));
        Assert.Equal(Samples.OpenAiStream, bytes);
        Assert.Equal(("https", "complete"), (gateway.Host.Address.Scheme, (await gateway.Records.NextAsync()).End));
    }

    [Fact]
    public async Task Stream_ThatTheProviderCuts_NeverLooksWholeOverHttp2()
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(Samples.OpenAiStream.AsMemory(0, 200));
            await context.Response.Body.FlushAsync();
            await cut.Task;
            context.Abort();
        });
        await using var gateway = await StartAsync(provider.Address);
        using var client = ClientOf(gateway, _certificate);
        using var request = Request(gateway, "2.0", Samples.StreamRequest);

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
        cut.SetResult();

        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("provider-cut", (await gateway.Records.NextAsync()).End);
    }

    // .NET's client offers no protocol by name where it is held to HTTP/1.1.
    [Theory]
    [InlineData("1.1", "00")]
    [InlineData("2.0", "h2")]
    public async Task Record_OverTls_HoldsTheFingerprintOfWhatTheClientSent(string version, string protocol)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider.Address);
        SentBytesStream? sent = null;
        using var client = ClientOf(gateway, _certificate, async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return sent = new SentBytesStream(new NetworkStream(socket, ownsSocket: true));
        });

        // Twice on one connection: the fingerprint is the connection's, and every request on it has it.
        string?[] recorded = new string?[2];
        for (var i = 0; i < recorded.Length; i++)
        {
            using var request = Request(gateway, version, Samples.Request);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            recorded[i] = (await gateway.Records.NextAsync()).Client!.Tls;
        }

        Assert.Equal(ClientHelloStatus.Read, ClientHello.TryRead(sent!.Sent, out var hello));
        Assert.All(recorded, tls => Assert.Equal(Ja4.Of(hello!), tls));
        Assert.Matches($"^t1[23]i[0-9]{{4}}{protocol}_[0-9a-f]{{12}}_[0-9a-f]{{12}}$", recorded[0]!);
    }

    [Fact]
    public async Task Record_OfAProxysConnection_HoldsNoFingerprint()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider.Address, options => options with { TrustedProxies = new TrustedProxyOptions { Networks = [IPNetwork.Parse("127.0.0.0/8")] } });
        using var client = ClientOf(gateway, _certificate);
        using var request = Request(gateway, "2.0", Samples.Request);
        request.Headers.Add("X-Forwarded-For", "203.0.113.1");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        var evidence = (await gateway.Records.NextAsync()).Client!;
        Assert.Equal(("203.0.113.1", null), (evidence.Ip, evidence.Tls));
    }

    [Fact]
    public async Task Certificate_PutInTheOldOnesPlace_IsShownToTheNextConnection()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await StartAsync(provider.Address);
        using var second = new TestCertificate();
        var replaced = gateway.Host.FilesReplaced;

        // One that cannot be used changes nothing.
        await File.WriteAllTextAsync(_folder.File("server.pem"), "no certificate", TestContext.Current.CancellationToken);
        using (var client = ClientOf(gateway, _certificate))
        {
            using var request = Request(gateway, "2.0", Samples.Request);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        second.WriteTo(_folder.File("server.pem"));
        await replaced.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        using var next = ClientOf(gateway, second);
        using var again = Request(gateway, "2.0", Samples.Request);
        using var served = await next.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    [Fact]
    public void Certificate_ThatCannotBeUsed_IsRefusedWithItsFiles()
    {
        using var other = new TestCertificate();
        var (mine, others) = (_certificate.WriteTo(_folder.File("a.pem")), other.WriteTo(_folder.File("b.pem")));

        foreach (var options in new[] { new TlsOptions(mine, others), new TlsOptions(mine, _folder.File("none.pem")), new TlsOptions(_folder.File("none.pem"), mine) })
        {
            var refused = Assert.Throws<OperatorException>(new ServerCertificate(options).Load);
            Assert.Contains(options.CertificatePath, refused.Message, StringComparison.Ordinal);
            Assert.Contains(options.KeyPath, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Provider_WithTls_IsSpokenToOverHttp2WhereItsAuthorityIsTrusted()
    {
        var protocol = "";
        await using var provider = await FakeProvider.StartAsync(
            async context =>
            {
                protocol = context.Request.Protocol;
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(Samples.OpenAiBody);
            },
            _certificate.Whole);
        await using (var strange = await RunningGateway.StartAsync(provider.Address))
        {
            using var refused = await strange.SendAsync(Samples.OpenAiPath, Samples.Request);
            Assert.Equal((HttpStatusCode.BadGateway, ""), (refused.StatusCode, protocol));
        }

        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { ProviderRoots = _certificate.Roots });
        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal((HttpStatusCode.OK, "HTTP/2"), (response.StatusCode, protocol));
        Assert.Equal(Samples.OpenAiBody, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Provider_WithACertificateThatIsOver_IsNotTrustedThoughItsAuthorityIs()
    {
        using var over = new TestCertificate(DateTimeOffset.UtcNow.AddDays(-1));
        await using var provider = await FakeProvider.StartAsync(_ => Task.CompletedTask, over.Whole);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { ProviderRoots = over.Roots });

        using var refused = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
    }

    private static HttpRequestMessage Request(RunningGateway gateway, string version, string body)
    {
        var request = RunningGateway.Request(Samples.OpenAiPath, body, gateway.Key);
        request.Version = Version.Parse(version);
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return request;
    }

    private static HttpClient ClientOf(
        RunningGateway gateway, TestCertificate certificate, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = connect };
        handler.SslOptions.RemoteCertificateValidationCallback = certificate.IsIt;
        return new HttpClient(handler) { BaseAddress = gateway.Host.Address };
    }

    private Task<RunningGateway> StartAsync(Uri provider, Func<GatewayOptions, GatewayOptions>? shape = null)
    {
        var file = _certificate.WriteTo(_folder.File("server.pem"));
        return RunningGateway.StartAsync(provider, shape, host => host with { Listen = new Uri("https://127.0.0.1:0"), Tls = new TlsOptions(file, file) });
    }
}
