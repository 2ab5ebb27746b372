using System.Numerics;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Sketching;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>What is measured of an account by itself.</summary>
public sealed class AccountMeasurementTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2.99)]
    public void HourEvenness_LifeTooShortToTell_SaysNothingEitherWay(double hours) =>
        Assert.Equal(2 / 3.0, HourEvenness(Evenly(0.4, hours, 200)));

    /// <summary>Evenly used, a life is even wherever within an hour it begins, whether it is of three hours or of days.</summary>
    [Theory]
    [InlineData(3.01)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(23.5)]
    [InlineData(24)]
    [InlineData(240)]
    public void HourEvenness_EvenUse_IsNearOneWhateverTheLife(double hours)
    {
        foreach (var begins in (double[])[0, 0.25, 0.5, 0.9, 21.4])
        {
            Assert.InRange(HourEvenness(Evenly(begins, hours, 3_000)), hours < 5 ? 0.86 : 0.9, 1);
        }
    }

    [Fact]
    public void HourEvenness_AllWithinTheFirstHourOfALongLife_IsNearZero()
    {
        var burst = Evenly(9.1, 0.5, 127).Append(Midnight.AddDays(3));

        Assert.InRange(HourEvenness(burst), 0, 0.05);
    }

    [Fact]
    public void HourEvenness_NineHoursOfEveryDay_IsWhatItWasOverTheWholeClock()
    {
        var office = Enumerable.Range(0, 10).SelectMany(day => Enumerable.Range(0, 36).Select(quarter => Midnight.AddDays(day).AddHours(9).AddMinutes(15 * quarter)));

        Assert.Equal(Math.Log(9) / Math.Log(24), HourEvenness(office), 9);
    }

    /// <summary>An evaluation that runs beside a person's use, before each of his requests and long after them, says nothing of his pace and his hours.</summary>
    [Fact]
    public void Measure_ExemptUseBetweenAndAfter_IsWhatItIsWithoutIt()
    {
        DateTimeOffset[] own = [.. Evenly(9.2, 30, 64)];
        var exempt = own.Select(time => time.AddSeconds(-0.4)).Append(own[^1].AddDays(2));

        Assert.Equal(Measured(own, new Random(1)), Measured(own, new Random(1), exempt));
    }

    [Fact]
    public void Distinct_AccountThatNeverRepeats_IsNearOneAtItsFirstCheckpoints()
    {
        foreach (var count in (int[])[32, 64, 128])
        {
            var shares = Enumerable.Range(0, 200).Select(seed => Measured(Evenly(0, 5, count), new Random(seed))[(int)AccountFeature.Distinct]).ToArray();

            Assert.InRange(shares.Average(), 0.98, 1);
            Assert.All(shares, share => Assert.InRange(share, 0.87, 1));
        }
    }

    /// <summary>Texts of every kind have a cue now and then by mistake; what half of them ask is what the account does, whichever family each is taken for.</summary>
    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    [InlineData(100, true)]
    public void Measure_WordsOfAPartOfTheRequests_CountWhereTheyAreAHabit(int askingOfHundred, bool count)
    {
        var account = new AccountState { Index = 0, Account = "a", Registration = RegistrationFacts.Unknown };
        Cues[] families = [Cues.Rationale, Cues.TaskGeneration, Cues.Persona, Cues.InlineTrace];
        for (var index = 0; index < 100; index++)
        {
            var exchange = new SketchedExchange { Status = 200, AtMs = Midnight.AddMinutes(index).ToUnixTimeMilliseconds() };
            (exchange.Content.ContentId, exchange.Content.Cues) = ((ulong)index, index < askingOfHundred ? families[index % 4] : Cues.StepByStep | Cues.Judge);
            account.Observe(exchange);
        }

        var features = AccountMeasurement.Measure(account);

        Assert.All(families, family => Assert.Equal(count ? askingOfHundred / 400.0 : 0, features[(int)AccountFeature.StructureCount + BitOperations.Log2((uint)family)], 0.006));
    }

    private static IEnumerable<DateTimeOffset> Evenly(double beginsAtHour, double hours, int count) =>
        Enumerable.Range(0, count).Select(index => Midnight.AddHours(beginsAtHour + (hours * index / (count - 1))));

    private static double HourEvenness(IEnumerable<DateTimeOffset> times) => Measured(times, new Random(1))[(int)AccountFeature.HourEvenness];

    private static double[] Measured(IEnumerable<DateTimeOffset> times, Random chance, IEnumerable<DateTimeOffset>? exempt = null)
    {
        var account = new AccountState { Index = 0, Account = "a", Registration = RegistrationFacts.Unknown };
        var exchange = new SketchedExchange { Status = 200 };
        foreach (var (time, isExempt) in times.Select(time => (time, false)).Concat((exempt ?? []).Select(time => (time, true))).OrderBy(use => use.time))
        {
            exchange.AtMs = time.ToUnixTimeMilliseconds();
            if (isExempt)
            {
                account.CountAttested(exchange);
                continue;
            }

            exchange.Content.ContentId = (ulong)chance.NextInt64(1L << 48);
            account.Observe(exchange);
        }

        return AccountMeasurement.Measure(account);
    }
}
