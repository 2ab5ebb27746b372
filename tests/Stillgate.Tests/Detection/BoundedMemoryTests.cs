using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.State;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>Structures that must stay small whatever the log's length.</summary>
public sealed class BoundedMemoryTests
{
    [Theory]
    [InlineData(300)]
    [InlineData(20_000)]
    public void ContentSample_ManyContents_KeepsTheSharesOfAll(int contents)
    {
        var sample = new ContentSample();
        var chance = new Random(11);
        var drawn = Enumerable.Range(0, contents).Select(_ => (ulong)chance.NextInt64(1, long.MaxValue)).ToArray();
        foreach (var content in drawn)
        {
            sample.Observe(content, account: 1);
        }

        // A fifth comes again from another account, another fifth from the same.
        foreach (var content in drawn.Take(contents / 5))
        {
            sample.Observe(content, account: 2);
        }

        foreach (var content in drawn.Skip(contents / 5).Take(contents / 5))
        {
            sample.Observe(content, account: 1);
        }

        var tolerance = contents <= 1024 ? 1e-9 : 0.06;
        Assert.InRange(sample.Count, 1, 1024);
        Assert.Equal(0.2, sample.SharedShare, tolerance);
        Assert.Equal(0.4 / 1.4, sample.RepeatShare, tolerance);
    }

    [Fact]
    public void ContentSample_OneContentVeryOften_IsCountedInFull()
    {
        ContentSample sample = new(), read = new();
        for (var i = 0; i < 100_000; i++)
        {
            sample.Observe(5, account: 1);
        }

        sample.Observe(6, account: 1);
        var writer = new StateWriter();
        sample.Write(writer);
        var reader = new StateReader(writer.Written);
        read.Read(ref reader);

        Assert.Equal(1 - (2 / 100_001.0), sample.RepeatShare, precision: 12);
        Assert.Equal(sample.RepeatShare, read.RepeatShare);
        Assert.Equal(0, sample.SharedShare);
    }

    [Fact]
    public void AccountIndex_ManyAccounts_FindsEachUnderItsNameAlone()
    {
        var index = new AccountIndex();
        var states = Enumerable.Range(0, 5_000).Select(number => new AccountState { Index = number, Account = $"a-{number}", Registration = RegistrationFacts.Unknown }).ToArray();
        foreach (var state in states)
        {
            index.Set(state.Account, RegistrationFacts.Of(new RegistrationRecord { Account = state.Account }));
            if (state.Index % 2 == 0)
            {
                index.Set(state.Account, state);
            }
        }

        foreach (var state in states)
        {
            Assert.Equal(state.Account, state.Index % 2 == 0 ? Assert.IsType<AccountState>(index.Find(state.Account)).Account : Assert.IsType<RegistrationFacts>(index.Find(state.Account)).Account);
            Assert.Null(index.Find($"b-{state.Index}"));
        }
    }

    [Fact]
    public void ContentSample_WrittenAndRead_GoesOnTheSame()
    {
        ContentSample sample = new(), read = new();
        var chance = new Random(12);
        for (var i = 0; i < 5_000; i++)
        {
            sample.Observe((ulong)chance.Next(1, 4_000), chance.Next(5));
        }

        var writer = new StateWriter();
        sample.Write(writer);
        var reader = new StateReader(writer.Written);
        read.Read(ref reader);
        foreach (var one in (ContentSample[])[sample, read])
        {
            for (var content = 1UL; content < 9_000; content++)
            {
                one.Observe(content, account: 7);
            }
        }

        Assert.True(reader.IsAtEnd);
        Assert.Equal((sample.Count, sample.SharedShare, sample.RepeatShare), (read.Count, read.SharedShare, read.RepeatShare));
    }

    [Fact]
    public void RepeatFilter_ManyAccounts_RemembersWhatEachDidOnce()
    {
        // Of 20,000 accounts each uses an anchor of its own and many that it never uses again; a filter of fixed size would have forgotten the first ones.
        const int accounts = 20_000;
        RepeatFilter grows = new(log2Bits: 16, log2BitsMax: 26), isFixed = new(log2Bits: 16, log2BitsMax: 16);
        var chance = new Random(13);
        foreach (var filter in (RepeatFilter[])[grows, isFixed])
        {
            for (var account = 0; account < accounts; account++)
            {
                filter.SeenBefore(account, (ulong)account + 1);
                for (var other = 0; other < 30; other++)
                {
                    filter.SeenBefore(account, (ulong)chance.NextInt64(1L << 40, 1L << 47));
                }
            }
        }

        Assert.All(Enumerable.Range(accounts - 15_000, 15_000), account => Assert.True(grows.SeenBefore(account, (ulong)account + 1)));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(account => isFixed.SeenBefore(account, (ulong)account + 1)), 0, 2_000);
    }

    [Fact]
    public void RepeatFilter_StateOfAnotherSize_IsRefused()
    {
        var writer = new StateWriter();
        new RepeatFilter(log2Bits: 12, log2BitsMax: 14).Write(writer);

        Assert.Throws<StateFormatException>(() =>
        {
            var reader = new StateReader(writer.Written);
            new RepeatFilter(log2Bits: 13, log2BitsMax: 14).Read(ref reader);
        });
    }
}
