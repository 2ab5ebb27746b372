using System.Net;
using Stillgate.Server.Admin;
using Stillgate.Tests.Policy;
using Xunit;

namespace Stillgate.Tests.Admin;

public sealed class GuessBrakeTests
{
    private readonly SetTimeProvider _clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Wait_AfterEachFurtherFailure_DoublesUpToItsBound()
    {
        var brake = new GuessBrake(_clock);
        var waits = new List<double>();
        for (var i = 0; i < 14; i++)
        {
            brake.Failed(IPAddress.Loopback);
            waits.Add(brake.WaitOf(IPAddress.Loopback).TotalSeconds);
        }

        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60], waits);
        Assert.Equal(TimeSpan.Zero, brake.WaitOf(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void Wait_AfterARightKeyOrAQuarterOfAnHour_IsForgotten()
    {
        var brake = new GuessBrake(_clock);
        Fail(brake, IPAddress.Loopback, 10);
        brake.Succeeded(IPAddress.Loopback);
        var cleared = brake.WaitOf(IPAddress.Loopback);
        Fail(brake, IPAddress.Loopback, 10);
        _clock.Now += GuessBrake.Forgotten;
        brake.Failed(IPAddress.Loopback);

        Assert.Equal(TimeSpan.Zero, cleared);
        Assert.Equal(TimeSpan.Zero, brake.WaitOf(IPAddress.Loopback));
    }

    [Fact]
    public void Guesser_WithinOneIpv6Network_IsOneGuesser()
    {
        var brake = new GuessBrake(_clock);
        for (var i = 1; i <= 6; i++)
        {
            brake.Failed(IPAddress.Parse("2001:db8::" + i));
        }

        Assert.True(brake.WaitOf(IPAddress.Parse("2001:db8::77")) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, brake.WaitOf(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void Addresses_PastTheirBound_TheOldestIsForgotten()
    {
        var brake = new GuessBrake(_clock);
        Fail(brake, IPAddress.Parse("192.0.2.1"), 10);
        for (var i = 0; i < GuessBrake.AddressesMax; i++)
        {
            _clock.Now += TimeSpan.FromMilliseconds(1);
            brake.Failed(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));
        }

        Assert.Equal(TimeSpan.Zero, brake.WaitOf(IPAddress.Parse("192.0.2.1")));
    }

    private static void Fail(GuessBrake brake, IPAddress address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            brake.Failed(address);
        }
    }
}
