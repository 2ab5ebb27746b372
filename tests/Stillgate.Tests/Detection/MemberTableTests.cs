using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>Members of groups, active and at rest.</summary>
public sealed class MemberTableTests
{
    [Theory]
    [InlineData(3, 60)]
    [InlineData(90, 2_000)]
    [InlineData(400, 8_000)]
    public void Rest_AllTheTime_ChangesNothing(int members, int exchanges)
    {
        var accounts = Accounts(members);
        MemberTable active = new(new MemberDesk(accounts)), resting = new(new MemberDesk(accounts));
        var chance = new Random(3);
        foreach (var account in Joining(accounts, chance))
        {
            Assert.Equal(active.TryAdd(account), resting.TryAdd(account));
        }

        for (var i = 0; i < exchanges; i++)
        {
            var account = accounts[chance.Next(members)];
            var exchange = Drawn(i, chance);
            active.Activate(account)!.Observe(exchange);
            resting.Activate(account)!.Observe(exchange);
            Rest(resting, [accounts[chance.Next(members)], accounts[chance.Next(members)]]);
        }

        Assert.Equal(members, resting.Count);
        Assert.Equal(Written(active.Read()), Written(resting.Read()));
        Assert.Equal(Bytes(active), Bytes(resting));
    }

    [Fact]
    public void Read_BetweenTwoChanges_ShowsEachOfThem()
    {
        var accounts = Accounts(4);
        var desk = new MemberDesk(accounts);
        MemberTable table = new(desk), other = new(desk);
        table.TryAdd(accounts[1]);
        other.TryAdd(accounts[2]);
        var chance = new Random(4);
        for (var i = 0; i < 5; i++)
        {
            table.Activate(accounts[1])!.Observe(Drawn(i, chance));
            Rest(table, accounts);
            Assert.Equal(0, Assert.Single(other.Read()).Count);
            Assert.Equal(i + 1, Assert.Single(table.Read()).Count);
        }

        table.TryAdd(accounts[0]);
        Assert.Equal([1, 0], table.Read().Select(member => member.Account.Index));
        Assert.Null(table.Activate(accounts[3]));
    }

    [Fact]
    public void Rest_LightMember_TakesAboutAHundredBytes()
    {
        var accounts = Accounts(200);
        var table = new MemberTable(new MemberDesk(accounts));
        var chance = new Random(5);
        foreach (var account in accounts)
        {
            table.TryAdd(account);
            for (var i = 0; i < 7; i++)
            {
                table.Activate(account)!.Observe(Drawn(i, chance));
            }
        }

        Rest(table, accounts);

        Assert.InRange(Bytes(table).Length / 200.0, 60, 120);
    }

    [Fact]
    public void State_WrittenAndRead_IsTheSame()
    {
        var accounts = Accounts(150);
        var table = new MemberTable(new MemberDesk(accounts));
        var chance = new Random(6);
        foreach (var account in Joining(accounts, chance))
        {
            table.TryAdd(account);
            table.Activate(account)!.Observe(Drawn(account.Index, chance));
        }

        var read = new MemberTable(new MemberDesk(accounts));
        var bytes = Bytes(table);
        var reader = new StateReader(bytes);
        read.Read(ref reader, accounts.Length);

        Assert.True(reader.IsAtEnd);
        Assert.Equal(bytes, Bytes(read));
        Assert.Equal(Written(table.Read()), Written(read.Read()));
        Assert.Throws<StateFormatException>(() =>
        {
            var cut = new StateReader(bytes.AsSpan(0, bytes.Length - 2));
            new MemberTable(new MemberDesk(accounts)).Read(ref cut, accounts.Length);
        });
    }

    [Fact]
    public void LetGo_GroupOfMany_ForgetsWhatTheyDidAndKeepsHowManyTheyAre()
    {
        var accounts = Accounts(500);
        var group = new AnchorGroup(7, GroupKind.Template, new MemberDesk(accounts));
        foreach (var account in accounts)
        {
            group.Join(account);
        }

        var chance = new Random(8);
        Assert.Equal(500, group.AccountCount);
        group.Observe(accounts[0], Drawn(0, chance), default);
        group.LetGo();

        Assert.Equal(500, group.AccountCount);
        Assert.Empty(group.Members);
        Assert.False(group.Observe(accounts[0], Drawn(1, chance), default));
        Assert.Equal(0, group.Contents.Count);
    }

    [Theory]
    [InlineData(6, 12)]
    [InlineData(10, 30)]
    [InlineData(30, 24)]
    public void HasDoneEnough_AnyGroup_IsWhatUnpackingShows(int members, int exchangesMax)
    {
        var chance = new Random(members);
        var seen = new HashSet<bool>();
        for (var round = 0; round < 60; round++)
        {
            var accounts = Enumerable.Range(0, members).Select(index => new AccountState { Index = index, Account = $"a-{index}", Registration = RegistrationFacts.Of(new RegistrationRecord { Account = $"a-{index}", Reseller = chance.Next(5) == 0 }) }).ToArray();
            var group = new AnchorGroup(7, GroupKind.Template, new MemberDesk(accounts));
            foreach (var account in accounts)
            {
                group.Join(account);
                for (var i = chance.Next(Math.Max(1, exchangesMax + round - 20)); i > 0; i--)
                {
                    group.Observe(account, Drawn(i, chance), default);
                }

                if (chance.Next(2) == 0)
                {
                    account.Rest();
                }
            }

            for (var hand = 0; group.RestNext(ref hand);)
            {
            }

            var own = group.Members.Where(member => !member.Account.Registration.Reseller).ToArray();
            var counted = own.Where(member => member.Count >= 5).Select(member => member.Count).Order().ToArray();
            var expected = counted.Length >= 4 && counted.Length * 2 >= own.Length && counted[counted.Length / 2] >= 16;
            seen.Add(expected);
            Assert.Equal(expected, group.HasDoneEnough(4, 5, 16));
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void Sums_OfSubjectsAndOfAnything_ComeBackBitForBit()
    {
        var chance = new Random(9);
        float[] sums = [0, -0f, 1f / 127, -3.5f, float.NaN, float.PositiveInfinity, float.MaxValue, float.Epsilon, 1e7f, 0, 0, 0, 0, 0, 0, 0];
        for (var i = 0; i < 3_000; i++)
        {
            sums[9 + (i % 7)] += chance.Next(-127, 128) / 127f;
            var writer = new StateWriter();
            SubjectSums.Write(writer, sums);
            var reader = new StateReader(writer.Written);
            var read = new float[sums.Length];
            SubjectSums.Read(ref reader, read);

            Assert.True(reader.IsAtEnd);
            Assert.Equal(sums.Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
        }
    }

    private static AccountState[] Accounts(int count) =>
        [.. Enumerable.Range(0, count).Select(index => new AccountState { Index = index, Account = $"a-{index}", Registration = RegistrationFacts.Unknown })];

    // In another order than that of their numbers, some of them twice.
    private static IEnumerable<AccountState> Joining(AccountState[] accounts, Random chance)
    {
        var order = accounts.ToArray();
        chance.Shuffle(order);
        return order.Concat(order.Take(3));
    }

    private static void Rest(MemberTable table, IReadOnlyCollection<AccountState> accounts)
    {
        foreach (var account in accounts)
        {
            account.Rest();
        }

        for (var hand = 0; table.RestNext(ref hand);)
        {
        }
    }

    private static SketchedExchange Drawn(int number, Random chance)
    {
        var exchange = new SketchedExchange { Id = $"x-{number:D9}", Account = "a", AtMs = 1_780_000_000_000 + (number * 977_777L), Status = chance.Next(9) == 0 ? 403 : 200 };
        exchange.Content.ContentId = (ulong)chance.NextInt64(1L << 48);
        exchange.Content.OutputTokenCount = chance.Next(2_000);
        exchange.Content.Cues = (Cues)chance.Next(1 << AccountState.CueCount);
        for (var i = 0; i < SketchedExchange.EmbeddingLength; i++)
        {
            exchange.Content.Embedding[i] = (sbyte)chance.Next(-60, 60);
        }

        return exchange;
    }

    private static List<string> Written(IReadOnlyList<MemberStats> members)
    {
        var written = new List<string>();
        foreach (var member in members)
        {
            var writer = new StateWriter();
            member.Write(writer);
            written.Add($"{member.Account.Account} {Convert.ToHexString(writer.Written)}");
        }

        return written;
    }

    private static byte[] Bytes(MemberTable table)
    {
        var writer = new StateWriter();
        table.Write(writer);
        return writer.Written.ToArray();
    }
}
