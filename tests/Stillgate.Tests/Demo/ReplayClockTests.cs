using Stillgate.Server.Demo;
using Xunit;

namespace Stillgate.Tests.Demo;

public sealed class ReplayClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Advance_LaterTime_IsTheTime()
    {
        var clock = new ReplayClock(Start);

        clock.Advance(Start.AddHours(3));

        Assert.Equal(Start.AddHours(3), clock.GetUtcNow());
    }

    [Fact]
    public void Advance_EarlierTime_ChangesNothing()
    {
        var clock = new ReplayClock(Start);
        clock.Advance(Start.AddHours(3));

        clock.Advance(Start.AddHours(2));

        Assert.Equal(Start.AddHours(3), clock.GetUtcNow());
    }
}
