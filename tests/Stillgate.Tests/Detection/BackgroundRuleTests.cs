using Stillgate.Detection.Accounts;
using Stillgate.Detection.Background;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>What it takes for a prompt to be learnt as background, and what it costs to bring that about.</summary>
public sealed class BackgroundRuleTests
{
    private const long Day = 86_400_000;
    private const ulong Anchor = 0xABCDEF012345;
    private static readonly long Start = Exchanges.Start.ToUnixTimeMilliseconds();
    private static readonly long Now = Start + (20 * Day);

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(40, true)]
    public void Tally_IndependentUsersOnly_AreBackgroundFromSixteenOn(int users, bool isBackground)
    {
        var tally = IndependenceRule.Tally(Users(users), Now);

        Assert.Equal(users, tally.Independent);
        Assert.Equal(isBackground, tally.IsBackground);
    }

    // The price that docs/signals.md states: two decoys for every account of a ring, and at least sixteen.
    [Theory]
    [InlineData(20, 16, false)]
    [InlineData(20, 39, false)]
    [InlineData(20, 40, true)]
    [InlineData(4, 15, false)]
    [InlineData(4, 16, true)]
    public void Tally_RingAmongDecoys_IsBackgroundOnlyAtTheStatedPrice(int ring, int decoys, bool isBackground)
    {
        var users = Users(decoys).Concat(Enumerable.Range(0, ring).Select(number => User(1000 + number, shape => shape with { Payment = "one card" }))).ToArray();

        var tally = IndependenceRule.Tally(users, Now);

        Assert.Equal((ring + decoys, decoys), (tally.Users, tally.Independent));
        Assert.Equal(isBackground, tally.IsBackground);
    }

    [Fact]
    public void Tally_RingWithoutSharedFactsOverOneList_IsNotBackground()
    {
        var shards = Enumerable.Range(0, 60).Select(number => User(number, shape => shape with { Topic = -1 })).ToArray();

        var tally = IndependenceRule.Tally(shards, Now);

        Assert.Equal(60, tally.Independent);
        Assert.True(tally.SubjectShare < 0.05, $"{tally.SubjectShare}");
        Assert.False(tally.IsBackground);
    }

    public static TheoryData<string> Disqualifications => ["payment", "e-mail", "organisation", "registration day", "start minute", "address", "no payment", "no registration time", "no address", "young", "few", "one day", "asks", "flagged", "campaign"];

    [Theory]
    [MemberData(nameof(Disqualifications))]
    public void Tally_UserThatSharesOrLacksSomething_DoesNotCount(string what)
    {
        var users = Users(16);
        Shape Same(Shape shape) => what switch
        {
            "payment" => shape with { Payment = "card-3" },
            "e-mail" => shape with { Email = "user0003@mail.example" },
            "organisation" => shape with { Organization = "org-3" },
            "registration day" => shape with { CreatedAt = CreatedOf(3) + 60_000 },
            "start minute" => shape with { FirstAt = FirstOf(3) + 1 },
            "address" => shape with { Block = 3 },
            "no payment" => shape with { Payment = null },
            "no registration time" => shape with { CreatedAt = null },
            "no address" => shape with { Block = null },
            "young" => shape with { CreatedAt = Now - (13 * Day) },
            "few" => shape with { Count = 31 },
            "one day" => shape with { Days = 2 },
            "asks" => shape with { Asks = 5 },
            _ => shape,
        };
        users[7] = User(7, Same);
        if (what == "e-mail")
        {
            users[3] = User(3, shape => shape with { Email = "user0004@mail.example" });
        }

        if (what == "organisation")
        {
            users[3] = User(3, shape => shape with { Organization = "org-3" });
        }

        users[7].Evidence.Verdict = what == "flagged" ? Verdict.Harvest : Verdict.Clear;
        users[7].Evidence.Group = what == "campaign" ? new AnchorGroup(1, GroupKind.Template, new MemberDesk(users)) : null;

        var tally = IndependenceRule.Tally(users, Now);

        Assert.InRange(tally.Independent, 14, 15);
        Assert.False(tally.IsBackground);
    }

    [Fact]
    public void Observe_ManyIndependentUsers_IsLearntOnceAndOnlyWhereNoCampaignWasNamed()
    {
        var learner = Offer(new BackgroundLearner(new HashSet<ulong>()), isNamed: false);
        var named = Offer(new BackgroundLearner(new HashSet<ulong>()), isNamed: true);
        var refused = Offer(new BackgroundLearner(new HashSet<ulong> { Anchor }), isNamed: false);

        var learnt = Assert.Single(learner.Learnt);
        Assert.Equal((Anchor, true), (learnt.Anchor, learner.Contains(Anchor)));
        Assert.InRange(learnt.Tally.Independent, IndependenceRule.IndependentMin, 24);
        Assert.Empty(named.Learnt);
        Assert.Empty(refused.Learnt);

        static BackgroundLearner Offer(BackgroundLearner learner, bool isNamed)
        {
            foreach (var user in Users(24))
            {
                learner.Observe(Anchor, 4, user, isNamed, Now);
            }

            return learner;
        }
    }

    [Fact]
    public void Observe_EndlessAnchors_AreWatchedWithinTheBound()
    {
        var learner = new BackgroundLearner(new HashSet<ulong>());
        var users = Users(2);
        for (ulong anchor = 1; anchor <= 3 * BackgroundLearner.WatchedMax; anchor++)
        {
            learner.Observe(anchor, 4, users[0], isNamed: false, Now);
            Assert.True(learner.WatchedCount <= BackgroundLearner.WatchedMax);
        }

        Assert.True(learner.WatchedCount > BackgroundLearner.WatchedMax / 2);
    }

    [Fact]
    public void Offer_ThousandsOfUsers_KeepsAFixedSampleWhateverTheOrder()
    {
        var users = Enumerable.Range(0, 500).Select(index => new AccountState { Index = index, Account = $"a-{index}", Registration = RegistrationFacts.Unknown }).ToArray();
        AnchorUsers forwards = new(Anchor), backwards = new(Anchor);
        Array.ForEach(users, forwards.Offer);
        Array.ForEach(users, forwards.Offer);
        foreach (var user in users.Reverse())
        {
            backwards.Offer(user);
        }

        Assert.Equal(AnchorUsers.SampleMax, forwards.SampleCount);
        Assert.Equal(forwards.Sample.Select(user => user.Index), backwards.Sample.Select(user => user.Index));
        Assert.True(forwards.Sample.Max(user => user.Index) > 400 && forwards.Sample.Min(user => user.Index) < 100);
    }

    private static long CreatedOf(int number) => Start - ((100 + number) * Day);

    private static long FirstOf(int number) => Start + (number * 60_000L);

    private static AccountState[] Users(int count) => [.. Enumerable.Range(0, count).Select(number => User(number, shape => shape))];

    private static AccountState User(int number, Func<Shape, Shape> change)
    {
        var shape = change(new Shape
        {
            Payment = $"card-{number}",
            Email = $"name{(char)('a' + (number % 26))}{(char)('a' + (number / 26 % 26))}@mail.example",
            CreatedAt = CreatedOf(number),
            FirstAt = FirstOf(number),
            Block = (ulong)number + 100_000,
            Topic = number,
        });
        shape = shape with { Block = shape.Block is 3 ? 100_003UL : shape.Block };
        var state = new AccountState
        {
            Index = number,
            Account = $"user-{number}",
            Registration = RegistrationFacts.Of(new RegistrationRecord
            {
                Account = $"user-{number}",
                Organization = shape.Organization,
                Email = shape.Email,
                CreatedAt = shape.CreatedAt is { } created ? DateTimeOffset.FromUnixTimeMilliseconds(created) : null,
                Payment = shape.Payment is null ? null : new PaymentEvidence { Fingerprint = shape.Payment },
            }),
        };
        if (shape.Block is { } block)
        {
            state.Blocks.Add(block);
        }

        var own = new Random(17 + shape.Topic);
        var noise = new Random(1000 + number);
        var centre = Direction(own);
        for (var i = 0; i < shape.Count; i++)
        {
            var exchange = new SketchedExchange { Id = $"{number}-{i}", Account = state.Account, AtMs = shape.FirstAt + (i * shape.Days * Day / shape.Count), Status = 200 };
            exchange.Content.ContentId = (ulong)((number * 1000) + i + 1);
            exchange.Content.Cues = i < shape.Asks ? Cues.InlineTrace : Cues.None;
            var apart = Direction(noise);
            for (var d = 0; d < centre.Length; d++)
            {
                exchange.Content.Embedding[d] = (sbyte)Math.Clamp(Math.Round(80 * (centre[d] + apart[d])), -127, 127);
            }

            state.Observe(exchange);
        }

        return state;
    }

    private static double[] Direction(Random chance)
    {
        var direction = Enumerable.Range(0, 16).Select(_ => chance.NextDouble() - 0.5).ToArray();
        var length = Math.Sqrt(direction.Sum(x => x * x));
        return [.. direction.Select(x => x / length)];
    }

    private sealed record Shape
    {
        public string? Payment { get; init; }

        public string? Email { get; init; }

        public string? Organization { get; init; }

        public long? CreatedAt { get; init; }

        public long FirstAt { get; init; }

        public ulong? Block { get; init; }

        public int Topic { get; init; }

        public int Count { get; init; } = 40;

        public int Days { get; init; } = 6;

        public int Asks { get; init; }
    }
}
