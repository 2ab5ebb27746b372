using Stillgate.Detection.Accounts;
using Stillgate.Detection.State;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>How many different things an account has asked, in few bytes.</summary>
public sealed class DistinctCounterTests
{
    // What 64 empty registers and no place take.
    private const int EmptyBytes = 9;

    /// <summary>The root mean square of the error is the theory's, with a quarter to spare, and the errors cancel out.</summary>
    [Theory]
    [InlineData(32, 0.028)]
    [InlineData(128, 0.028)]
    [InlineData(512, 0.03)]
    [InlineData(2_048, 0.042)]
    [InlineData(20_000, 0.165)]
    public void Estimate_SoManyDifferent_ErrsWithinItsBound(int distinct, double bound)
    {
        const int trials = 400;
        var errors = Enumerable.Range(0, trials).Select(seed => (Shown(distinct, new Random(seed)).Estimate() / distinct) - 1).ToArray();

        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), bound / 5, bound);
        Assert.InRange(errors.Average(), -bound / 4, bound / 4);
    }

    [Fact]
    public void Estimate_NothingShown_IsZero() => Assert.Equal(0, new DistinctCounter().Estimate());

    /// <summary>Past the bitmap the registers must not tell less than the bitmap did at its end.</summary>
    [Theory]
    [InlineData(4_000)]
    [InlineData(4_300)]
    [InlineData(6_000)]
    public void Estimate_WhereTheBitmapFills_StaysNearTheTruth(int distinct)
    {
        var estimates = Enumerable.Range(0, 200).Select(seed => Shown(distinct, new Random(seed)).Estimate() / distinct).ToArray();

        Assert.InRange(estimates.Average(), 0.96, 1.04);
        Assert.InRange(Math.Sqrt(estimates.Average(estimate => (estimate - 1) * (estimate - 1))), 0.02, 0.165);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(20_000)]
    public void Add_WhatWasShownBefore_ChangesNothing(int distinct)
    {
        var once = Shown(distinct, new Random(3));
        var again = Shown(distinct, new Random(3));
        for (var i = 0; i < 3; i++)
        {
            Show(ref again, distinct, new Random(3));
        }

        Assert.Equal(once.Estimate(), again.Estimate());
        Assert.Equal(Bytes(once), Bytes(again));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(111)]
    [InlineData(125)]
    [InlineData(900)]
    [InlineData(4_000)]
    [InlineData(50_000)]
    public void Read_WhatWasWritten_GoesOnAsIfItHadNotRested(int distinct)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var chance = new Random(seed);
            var counter = Shown(distinct, chance);
            var read = Read(Bytes(counter));

            Assert.Equal(Bytes(counter), Bytes(read));
            Assert.Equal(counter.Estimate(), read.Estimate());
            for (var i = 0; i < 50; i++)
            {
                var hash = Hash(chance);
                counter.Add(hash);
                read.Add(hash);
            }

            Assert.Equal(Bytes(counter), Bytes(read));
        }
    }

    [Fact]
    public void Write_LittleShown_TakesAByteOrTwoForEach()
    {
        for (var distinct = 0; distinct < 1_000; distinct++)
        {
            var length = Bytes(Shown(distinct, new Random(distinct))).Length;

            // A register and a place each, until the registers are all used and the bitmap is written as it is.
            Assert.InRange(length, EmptyBytes, EmptyBytes + Math.Min(distinct * 3, 64 + 1 + 128));
        }
    }

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        foreach (var distinct in (int[])[40, 3_000])
        {
            var bytes = Bytes(Shown(distinct, new Random(8)));
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.Throws<StateFormatException>(() => Read(bytes.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public void Read_BitmapThatHoldsAnotherNumberOfPlaces_IsRefused()
    {
        var bytes = Bytes(Shown(3_000, new Random(8)));
        bytes[^1] ^= 1;

        var refusal = Assert.Throws<StateFormatException>(() => Read(bytes));

        Assert.Matches(@"^expected \d+ filled places, found \d+$", refusal.Message);
    }

    [Theory]
    [InlineData("places past the last", 2UL, 1_000UL, 24UL)]
    [InlineData("a place twice", 2UL, 7UL, 0UL)]
    [InlineData("more places than there are", 1_025UL)]
    public void Read_StepsThatCannotBe_AreRefused(string damage, params ulong[] places)
    {
        var writer = new StateWriter();
        writer.Word(0);
        foreach (var number in places)
        {
            writer.Number(number);
        }

        var refusal = Record.Exception(() => Read(writer.Written));

        Assert.True(refusal is StateFormatException, damage);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(65UL)]
    public void Read_RegisterThatCannotBe_IsRefused(ulong register)
    {
        var writer = new StateWriter();
        writer.Word(1);
        writer.Number(register);
        writer.Number(0);

        Assert.Throws<StateFormatException>(() => Read(writer.Written));
    }

    private static DistinctCounter Shown(int distinct, Random chance)
    {
        var counter = new DistinctCounter();
        Show(ref counter, distinct, chance);
        return counter;
    }

    private static void Show(ref DistinctCounter counter, int distinct, Random chance)
    {
        for (var i = 0; i < distinct; i++)
        {
            counter.Add(Hash(chance));
        }
    }

    // Of 64 bits, so that no two of some ten million are alike.
    private static ulong Hash(Random chance) => ((ulong)chance.NextInt64() << 1) ^ (ulong)chance.NextInt64();

    private static byte[] Bytes(DistinctCounter counter)
    {
        var writer = new StateWriter();
        counter.Write(writer);
        return writer.Written.ToArray();
    }

    private static DistinctCounter Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        var counter = DistinctCounter.Read(ref reader);
        return reader.IsAtEnd ? counter : throw new StateFormatException("more than was written");
    }
}
