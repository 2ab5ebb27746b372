using System.Net;
using Stillgate.Server.Demo;
using Xunit;

namespace Stillgate.Tests.Demo;

public sealed class SourceAddressTests
{
    [Fact]
    public void HostOf_OneBlock_StaysOneBlockOfLoopback()
    {
        var first = AddressOf("203.0.113.9");
        var second = AddressOf("203.0.113.200");

        Assert.True(IPAddress.IsLoopback(first) && IPAddress.IsLoopback(second));
        Assert.NotEqual(first, second);
        Assert.Equal(first.GetAddressBytes()[..3], second.GetAddressBytes()[..3]);
    }

    [Fact]
    public void HostOf_OtherBlock_IsAnotherBlock() =>
        Assert.NotEqual(AddressOf("203.0.113.9").GetAddressBytes()[..3], AddressOf("198.51.100.9").GetAddressBytes()[..3]);

    [Theory]
    [InlineData(null)]
    [InlineData("not an address")]
    public void HostOf_NoAddress_IsPlainLoopback(string? ip) => Assert.Equal(IPAddress.Loopback, AddressOf(ip));

    private static IPAddress AddressOf(string? ip) => IPAddress.Parse(SourceAddress.HostOf(ip).Replace(".replayed.invalid", "", StringComparison.Ordinal));
}
