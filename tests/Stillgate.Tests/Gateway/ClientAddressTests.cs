using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stillgate.Gateway.Clients;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Whose word on the client's address counts.</summary>
public sealed class ClientAddressTests
{
    private static readonly string[] Proxies = ["10.0.0.0/8", "2001:db8:ffff::/48", "::ffff:172.16.0.0/108"];

    [Theory]
    [InlineData("198.51.100.7", "203.0.113.1", "198.51.100.7")]
    [InlineData("10.0.0.1", "203.0.113.1", "203.0.113.1")]
    [InlineData("::ffff:10.0.0.1", "203.0.113.1", "203.0.113.1")]
    [InlineData("10.0.0.1", "::ffff:203.0.113.1", "203.0.113.1")]
    [InlineData("172.16.4.4", "203.0.113.1", "203.0.113.1")]
    [InlineData("10.0.0.1", "192.0.2.66, 203.0.113.1", "203.0.113.1")]
    [InlineData("10.0.0.1", "192.0.2.66, 203.0.113.1, 10.1.1.1, ::ffff:10.2.2.2", "203.0.113.1")]
    [InlineData("10.0.0.1", "10.9.9.9, 10.8.8.8", "10.9.9.9")]
    [InlineData("10.0.0.1", "203.0.113.1:50123", "203.0.113.1")]
    [InlineData("10.0.0.1", "[2001:db8::7]:443", "2001:db8::7")]
    [InlineData("2001:db8:ffff::1", "2001:db8::7", "2001:db8::7")]
    [InlineData("10.0.0.1", "garbage, 203.0.113.1", "203.0.113.1")]
    [InlineData("10.0.0.1", "203.0.113.1, , ", "203.0.113.1")]
    [InlineData("10.0.0.1", "\"192.0.2.66, 203.0.113.1", "203.0.113.1")]
    [InlineData("10.0.0.1", null, "10.0.0.1")]
    [InlineData("10.0.0.1", " , ", "10.0.0.1")]
    [InlineData("::ffff:198.51.100.7", null, "198.51.100.7")]
    [InlineData(null, "203.0.113.1", null)]
    public void Address_BehindXForwardedFor(string? peer, string? header, string? expected) =>
        Assert.Equal(expected, Of(ProxyHeader.XForwardedFor, peer, "X-Forwarded-For", header).Address?.ToString());

    [Theory]
    [InlineData("garbage")]
    [InlineData("192.0.2.66, unknown")]
    [InlineData("10.1")]
    [InlineData("0x0a000001")]
    [InlineData("010.0.0.1")]
    [InlineData("3405803777")]
    [InlineData("203.0.113.256")]
    [InlineData("203.0.113.1:")]
    [InlineData("203.0.113.1:999999")]
    [InlineData("203.0.113.1:http")]
    [InlineData("[203.0.113.1]:80")]
    [InlineData("[2001:db8::7")]
    [InlineData("[2001:db8::7]x")]
    [InlineData("[[2001:db8::7]]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("203.0.113.1, 192.0.2.1/24")]
    public void Address_ThatATrustedProxyPassesOnAndCannotBeRead_IsNotKnown(string header)
    {
        var client = Of(ProxyHeader.XForwardedFor, "10.0.0.1", "X-Forwarded-For", header);

        Assert.Null(client.Address);
    }

    [Theory]
    [InlineData("for=203.0.113.1", "203.0.113.1")]
    [InlineData("For=\"203.0.113.1:4711\";proto=https;by=10.0.0.1", "203.0.113.1")]
    [InlineData("for=192.0.2.66, proto=http; for=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17")]
    [InlineData("for=192.0.2.66, for=203.0.113.1;host=\"a,b;c\", for=10.1.1.1", "203.0.113.1")]
    [InlineData("for=\"192.0.2.66, for=203.0.113.1", "203.0.113.1")]
    [InlineData("for=unknown", null)]
    [InlineData("for=_hidden", null)]
    [InlineData("proto=https", null)]
    [InlineData("for=203.0.113.1;for=192.0.2.66", null)]
    [InlineData("for=\"203.0.113.1\\\"", null)]
    [InlineData("for=\"203.0.113.1", null)]
    [InlineData("for=", null)]
    public void Address_BehindForwarded(string header, string? expected) =>
        Assert.Equal(expected, Of(ProxyHeader.Forwarded, "10.0.0.1", "Forwarded", header).Address?.ToString());

    [Fact]
    public void Address_InTheHeaderThatTheProxiesDoNotWrite_IsIgnored()
    {
        Assert.Equal("10.0.0.1", Of(ProxyHeader.XForwardedFor, "10.0.0.1", "Forwarded", "for=192.0.2.66").Address?.ToString());
        Assert.Equal("10.0.0.1", Of(ProxyHeader.Forwarded, "10.0.0.1", "X-Forwarded-For", "192.0.2.66").Address?.ToString());
    }

    [Fact]
    public void Address_OverSeveralLinesOfTheHeader_IsReadFromTheLast()
    {
        var client = Of(ProxyHeader.XForwardedFor, "10.0.0.1", "X-Forwarded-For", new StringValues(["192.0.2.66", "203.0.113.1", "10.1.1.1, 10.2.2.2"]));

        Assert.Equal("203.0.113.1", client.Address?.ToString());
    }

    [Theory]
    [InlineData(ClientAddresses.HopCountMax - 1, "203.0.113.1")]
    [InlineData(ClientAddresses.HopCountMax, null)]
    public void Chain_AtItsBound(int proxyCount, string? expected)
    {
        var header = "203.0.113.1, " + string.Join(", ", Enumerable.Repeat("10.0.0.2", proxyCount));

        Assert.Equal(expected, Of(ProxyHeader.XForwardedFor, "10.0.0.1", "X-Forwarded-For", header).Address?.ToString());
    }

    [Fact]
    public void Fingerprint_IsTheClientsOnlyWhereTheConnectionIs()
    {
        Assert.Equal("ja4", Of(ProxyHeader.XForwardedFor, "198.51.100.7", "X-Forwarded-For", "203.0.113.1").Tls);
        Assert.Null(Of(ProxyHeader.XForwardedFor, "10.0.0.1", "X-Forwarded-For", "203.0.113.1").Tls);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.0.0.1", "10.0.0.1/32")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1/32")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("0.0.0.0/0", null)]
    [InlineData("::/0", null)]
    [InlineData("10.0.0.1/8", null)]
    [InlineData("10.0.0.0/33", null)]
    [InlineData("10/8", null)]
    [InlineData("010.0.0.0/8", null)]
    [InlineData("fe80::1%1", null)]
    [InlineData("proxy.internal", null)]
    [InlineData("", null)]
    public void Network_OfProxies_IsReadStrictly(string text, string? expected)
    {
        var isRead = TrustedProxyOptions.TryParseNetwork(text, out var network);

        Assert.Equal(expected, isRead ? network.ToString() : null);
    }

    [Fact]
    public async Task Record_OfAClientThatNamesItself_HoldsWhereItReallyConnectsFrom()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address);

        await SendFromAsync(gateway, "203.0.113.1");

        Assert.Equal("127.0.0.1", (await gateway.Records.NextAsync()).Client!.Ip);
    }

    [Fact]
    public async Task Record_BehindATrustedProxy_HoldsTheClientAndNeverWhatCannotBeRead()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address, options => options with { TrustedProxies = new TrustedProxyOptions { Networks = [IPNetwork.Parse("127.0.0.0/8")] } });

        await SendFromAsync(gateway, "192.0.2.66, 203.0.113.1");
        Assert.Equal("203.0.113.1", (await gateway.Records.NextAsync()).Client!.Ip);
        await SendFromAsync(gateway, "203.0.113.1, unknown");
        Assert.Null((await gateway.Records.NextAsync()).Client?.Ip);
    }

    internal static async Task<HttpResponseMessage> SendFromAsync(RunningGateway gateway, string address)
    {
        using var request = RunningGateway.Request(Samples.OpenAiPath, Samples.Request, gateway.Key);
        request.Headers.Add("X-Forwarded-For", address);
        return await gateway.SendAsync(request);
    }

    private static ClientConnection Of(ProxyHeader header, string? peer, string name, StringValues values)
    {
        var networks = Proxies.Select(text => TrustedProxyOptions.TryParseNetwork(text, out var network) ? network : throw new FormatException(text));
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        context.Features.Set(new TlsClientFeature("ja4"));
        if (values.Count > 0)
        {
            context.Request.Headers[name] = values;
        }

        return new ClientAddresses(new TrustedProxyOptions { Networks = [.. networks], Header = header }).Of(context);
    }
}
