using Stillgate.Detection.Sketching;
using Stillgate.Lab.Baselines;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Lab;

public sealed class FraudarTests
{
    private const int All = 256;
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void LightestNode_ManyChanges_IsAlwaysTheLightestAndOfEqualsTheFirst()
    {
        var chance = new Chance(3);
        var weights = Enumerable.Range(0, 37).Select(_ => (double)chance.Below(9)).ToArray();
        var lightest = new LightestNode(weights);

        for (var change = 0; change < 500; change++)
        {
            Assert.Equal(Array.IndexOf(weights, weights.Min()), lightest.Node);
            lightest.Set(chance.Below(37), chance.Below(20) == 0 ? double.PositiveInfinity : chance.Below(9));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Blocks_SmallGraph_AreTheSlowPeelingsAndHalfAsDenseAsCanBe(ulong seed)
    {
        var chance = new Chance(seed);
        var graph = new SharingGraph(Enumerable.Range(0, 45).Select(_ => ($"a{chance.Below(8)}", (ulong)chance.Below(8) + 1)));

        var block = GreedyPeeling.Blocks(graph, blocksMax: 1).Single();

        Assert.Equal(SlowPeeling(graph), block.Density, 9);
        Assert.InRange(block.Density, 0.5 * Densest(graph), Densest(graph) + 1e-9);
    }

    [Fact]
    public void Blocks_PlantedBlock_IsFoundToTheLastAccount()
    {
        var blocks = GreedyPeeling.Blocks(new SharingGraph([.. Crowd(7), .. Planted("ring", accounts: 12, things: 10)]), All);

        Assert.Equal(Names("ring", 12), blocks[0].Accounts);
        Assert.Equal(10, blocks[0].ColumnCount);
        Assert.Equal(120 / Math.Log(12 + 5) / 22, blocks[0].Density, 9);
    }

    [Fact]
    public void Blocks_CamouflagedBlock_IsFoundAsWellAndNoLessDense()
    {
        var chance = new Chance(9);
        (string, ulong)[] plain = [.. Crowd(7), .. Planted("ring", accounts: 12, things: 10)];
        // As many popular things as an account of the crowd uses, and as many again.
        var camouflage = Names("ring", 12).SelectMany(account => Enumerable.Range(0, 12).Select(_ => (account, Popular(chance))));

        var before = GreedyPeeling.Blocks(new SharingGraph(plain), All)[0];
        var after = GreedyPeeling.Blocks(new SharingGraph([.. plain, .. camouflage]), All)[0];

        Assert.Equal(Names("ring", 12), after.Accounts);
        Assert.True(after.Density >= before.Density - 1e-9);
    }

    [Fact]
    public void Blocks_Hub_IsLessThanAFewRareThings()
    {
        // One thing that everybody uses against three that four accounts share.
        (string, ulong)[] hub = [.. Names("user", 2_000).Select(account => (account, 1UL))];

        var blocks = GreedyPeeling.Blocks(new SharingGraph([.. hub, .. Planted("ring", accounts: 4, things: 3)]), All);

        Assert.Equal(Names("ring", 4), blocks[0].Accounts);
        Assert.Equal(2_000, blocks[1].Accounts.Count);
        Assert.True(blocks[1].Density < blocks[0].Density / 4);
    }

    [Fact]
    public void Blocks_SeveralPlanted_ComeOneAfterAnotherTheDensestFirstAndNoMoreThanAskedFor()
    {
        var graph = new SharingGraph([.. Planted("small", accounts: 5, things: 4), .. Planted("large", accounts: 30, things: 20, first: 500), .. Planted("twin", accounts: 5, things: 4, first: 900)]);

        var blocks = GreedyPeeling.Blocks(graph, All);

        // Two of one shape that share nothing are two, and not one.
        Assert.Equal([30, 5, 5], blocks.Select(block => block.Accounts.Count));
        Assert.Equal(Names("large", 30), blocks[0].Accounts);
        Assert.Equal(["small", "twin"], blocks.Skip(1).Select(block => block.Accounts[0].Split('-')[0]).Order());
        Assert.Equal(2, GreedyPeeling.Blocks(graph, blocksMax: 2).Count);
    }

    [Fact]
    public void Blocks_OtherOrderOfInput_AreTheSame()
    {
        (string, ulong)[] uses = [.. Crowd(7), .. Planted("ring", accounts: 12, things: 10), .. Planted("other", accounts: 6, things: 3, first: 900)];
        var chance = new Chance(4);

        var first = GreedyPeeling.Blocks(new SharingGraph(uses), All);
        var second = GreedyPeeling.Blocks(new SharingGraph([.. uses.OrderBy(_ => chance.Below(1 << 30)), .. uses.Take(50)]), All);

        Assert.True(first.Count > 2);
        Assert.Equal(first.Select(block => (string.Join(' ', block.Accounts), block.ColumnCount, block.Density)), second.Select(block => (string.Join(' ', block.Accounts), block.ColumnCount, block.Density)));
    }

    [Fact]
    public void Blocks_NothingShared_AreNone()
    {
        Assert.Empty(GreedyPeeling.Blocks(new SharingGraph([]), All));
        Assert.Empty(GreedyPeeling.Blocks(new SharingGraph([("a", 1), ("a", 2), ("b", 3)]), All));
    }

    [Fact]
    public void Among_SomeAccounts_KeepsTheWeightsOfAll()
    {
        var graph = new SharingGraph([.. Planted("ring", accounts: 30, things: 4), ("ring-00", 77), ("outside", 77)]);

        var block = GreedyPeeling.Blocks(graph.Among(new HashSet<string>(["ring-00", "ring-01"])), All).Single();

        Assert.Equal(["ring-00", "ring-01"], block.Accounts);
        Assert.Equal(8 / Math.Log(30 + 5) / 6, block.Density, 9);
    }

    [Fact]
    public void Score_RingBehindOneWrapperAndCard_IsAboveStrangersAndAboveAHub()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var baseline = Fed(sketcher, RingAndStrangers());

        var ring = Names("ring", 6).Min(baseline.Score);
        Assert.True(ring > Names("stranger", 40).Max(baseline.Score));
        Assert.True(Names("stranger", 40).Min(baseline.Score) > 0, "strangers share a mail provider");
        Assert.Equal(0, baseline.Score("nobody"));
        Assert.Equal(Names("ring", 6), GreedyPeeling.Blocks(baseline.Graph, All)[0].Accounts);
    }

    [Fact]
    public void Score_AccountsInAnotherOrder_IsTheSame()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        // An account's own exchanges stay in the order of time; whose come first does not.
        var forwards = Fed(sketcher, RingAndStrangers());
        var backwards = Fed(sketcher, [.. RingAndStrangers().GroupBy(exchange => exchange.Account).Reverse().SelectMany(account => account)]);

        string[] accounts = [.. Names("ring", 6), .. Names("stranger", 40)];
        Assert.Equal(accounts.Select(forwards.Score), accounts.Select(backwards.Score));
    }

    [Fact]
    public void Score_EmptyLogOrOneWithoutContent_IsTheLowest()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);

        Assert.Equal(0, Fed(sketcher, []).Score("ring-00"));
        Assert.Equal(0, Fed(sketcher, [.. RingAndStrangers().Select(exchange => exchange with { Request = new ExchangeRequest() })]).Score("ring-00"));
    }

    [Fact]
    public void Score_DeclaredReseller_SharesNoIdentifier()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var registrations = Registrations().Select(record => record with { Reseller = true }).ToArray();
        var baseline = new FraudarBaseline(registrations, sketcher);
        foreach (var account in Names("stranger", 40))
        {
            baseline.Observe(Exchange(account, $"a question that only {account} asks"));
        }

        Assert.Equal(0, Names("stranger", 40).Max(baseline.Score));
    }

    private static FraudarBaseline Fed(ExchangeSketcher sketcher, IReadOnlyList<ExchangeRecord> exchanges)
    {
        var baseline = new FraudarBaseline(Registrations(), sketcher);
        foreach (var exchange in exchanges)
        {
            baseline.Observe(exchange);
        }

        return baseline;
    }

    private static RegistrationRecord[] Registrations() =>
    [
        .. Names("ring", 6).Select(account => new RegistrationRecord { Account = account, Email = $"{account}@mail.example", Payment = new PaymentEvidence { Fingerprint = "one-card" } }),
        .. Names("stranger", 40).Select(account => new RegistrationRecord { Account = account, Email = $"person@mail.example", Payment = new PaymentEvidence { Fingerprint = account } }),
    ];

    private static List<ExchangeRecord> RingAndStrangers()
    {
        var exchanges = new List<ExchangeRecord>();
        var chance = new Chance(2);
        for (var index = 0; index < 30; index++)
        {
            exchanges.AddRange(Names("ring", 6).Select(account => Exchange(account, $"Act as a careful teacher who writes out every step of the reasoning before the answer. Task: {Words(chance)}")));
            exchanges.AddRange(Names("stranger", 40).Select(account => Exchange(account, Words(chance))));
        }

        return exchanges;
    }

    private static string Words(Chance chance) => string.Join(' ', Enumerable.Range(0, 12).Select(_ => (char)('a' + chance.Below(26)) + "word" + (char)('a' + chance.Below(26)) + (char)('a' + chance.Below(26))));

    // Three hundred accounts that each use six of forty popular things and of two thousand rare ones.
    private static IEnumerable<(string Account, ulong Thing)> Crowd(ulong seed)
    {
        var chance = new Chance(seed);
        foreach (var account in Names("crowd", 300))
        {
            for (var use = 0; use < 6; use++)
            {
                yield return (account, Popular(chance));
                yield return (account, 10_000UL + (ulong)chance.Below(2_000));
            }
        }
    }

    private static ulong Popular(Chance chance) => 1_000UL + (ulong)chance.Below(40);

    private static IEnumerable<(string Account, ulong Thing)> Planted(string name, int accounts, int things, ulong first = 100) =>
        Names(name, accounts).SelectMany(account => Enumerable.Range(0, things).Select(thing => (account, first + (ulong)thing)));

    private static string[] Names(string name, int count) => [.. Enumerable.Range(0, count).Select(number => $"{name}-{number:00}").Order(StringComparer.Ordinal)];

    // The paper's algorithm as it is written: weigh everything anew at every step.
    private static double SlowPeeling(SharingGraph graph)
    {
        var left = graph.Uses.SelectMany(use => new[] { Account(use), Column(use) }).ToHashSet();
        var best = 0.0;
        for (; left.Count > 0; left.Remove(left.OrderBy(node => Weight(graph, left, use => Account(use) == node || Column(use) == node)).ThenBy(node => node).First()))
        {
            best = Math.Max(best, Weight(graph, left, _ => true) / left.Count);
        }

        return best;
    }

    private static double Densest(SharingGraph graph)
    {
        int[] nodes = [.. graph.Uses.SelectMany(use => new[] { Account(use), Column(use) }).Distinct().Order()];
        return Enumerable.Range(1, (1 << nodes.Length) - 1).Max(set =>
        {
            var chosen = nodes.Where((_, place) => (set >> place & 1) == 1).ToHashSet();
            return Weight(graph, chosen, _ => true) / chosen.Count;
        });
    }

    private static double Weight(SharingGraph graph, HashSet<int> nodes, Func<SharedUse, bool> which) =>
        graph.Uses.Where(use => nodes.Contains(Account(use)) && nodes.Contains(Column(use)) && which(use)).Sum(use => graph.WeightOf(use.Column));

    private static int Account(SharedUse use) => use.Account;

    private static int Column(SharedUse use) => 1_000 + use.Column;

    private static ExchangeRecord Exchange(string account, string text) => new()
    {
        Id = "x",
        At = Start,
        Account = account,
        Dialect = Dialects.OpenAiChat,
        Model = "m",
        Status = 200,
        Request = new ExchangeRequest { Messages = [new ChatMessage("user", text)] },
    };
}
