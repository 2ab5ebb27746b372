using Stillgate.Lab.Simulation;
using Xunit;

namespace Stillgate.Tests.Lab;

public sealed class ChanceTests
{
    [Fact]
    public void Draws_OfOneSeed_AreAlwaysTheSame()
    {
        // Fixed values: a log composed years ago must be composed again from its manifest.
        var chance = new Chance(42);

        Assert.Equal([13679457532755275413UL, 2949826092126892291UL], [chance.NextBits(), chance.NextBits()]);
    }

    [Fact]
    public void Gamma_Mean_IsShapeTimesScale()
    {
        var chance = new Chance(1);

        Assert.InRange(Enumerable.Range(0, 20_000).Average(_ => chance.Gamma(0.4, 2.5)), 0.95, 1.05);
    }

    [Fact]
    public void Poisson_Mean_IsItsMean()
    {
        var chance = new Chance(1);

        Assert.InRange(Enumerable.Range(0, 20_000).Average(_ => chance.Poisson(3.5)), 3.4, 3.6);
        Assert.InRange(Enumerable.Range(0, 20_000).Average(_ => chance.Poisson(90)), 89.5, 90.5);
    }

    [Fact]
    public void HeavyTail_OfConversationTurns_HasAboutThreeInAHundredOverTen()
    {
        var chance = new Chance(1);
        var turns = Enumerable.Range(0, 50_000).Select(_ => chance.HeavyTail(1.5, 60)).ToArray();

        Assert.InRange(turns.Average(), 2.2, 2.8);
        Assert.InRange(turns.Average(turn => turn > 10 ? 1.0 : 0), 0.02, 0.05);
    }

    [Fact]
    public void Arrivals_OfAShape_HaveItsRate()
    {
        var start = new DateTimeOffset(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
        var shape = new ArrivalShape { PerDay = 300, Cv = 2, OnShare = 0.4 };

        var perDay = Enumerable.Range(0, 20).Average(seed => shape.Draw(start, start.AddDays(7), new Chance((ulong)seed)).Count() / 7.0);

        Assert.InRange(perDay, 220, 360);
    }
}
