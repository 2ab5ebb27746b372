using System.Globalization;
using Stillgate.Lab.Charts;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Attacks;

/// <summary>What one adaptive attacker varies, from what harms it least to what harms it most.</summary>
internal sealed record AttackSweep
{
    private static readonly string[] MixedKinds = [RingKinds.FixedPrompt, RingKinds.NoIdentifiers, RingKinds.Vertical, RingKinds.Persona, RingKinds.Pivot, RingKinds.NoIdentifiers];
    private static readonly int[] WordingCounts = [1, 2, 4, 8, 16, 32];
    private static readonly int[] JitterDayCounts = [0, 1, 3, 6, 9];

    /// <summary>Short name, for file names.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What is composed, in a sentence.</summary>
    public required string Setting { get; init; }

    public required ChartAxis X { get; init; }

    public required IReadOnlyList<AttackPoint> Points { get; init; }

    /// <summary>The sweeps of the published page.</summary>
    public static IReadOnlyList<AttackSweep> Published { get; } = [Cover(), Shards(5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 4_000), Wordings(), Jitter(), Search(1, 6, 12, 24, 60, 240)];

    /// <summary>Cover traffic of 0 to 90 %.</summary>
    public static AttackSweep Cover() => new()
    {
        Id = "cover",
        Title = "Cover traffic",
        Setting = "Six rings of five kinds, 16 accounts each, identifiers all distinct; 200 exchanges an account, of which so many are ordinary chat.",
        X = ChartAxis.Share("share of ordinary chat in the traffic"),
        Points = [.. Enumerable.Range(0, 10).Select(index => new AttackPoint(index / 10.0, ChartAxis.Percent(index / 10.0), Six(ring => ring with { CoverShare = index / 10.0 })))],
    };

    /// <summary>One harvest of 12,000 exchanges over more and more accounts.</summary>
    public static AttackSweep Shards(params int[] accountCounts) => new()
    {
        Id = "shards",
        Title = "Sharding one harvest",
        Setting = "12,000 exchanges of one harvest, dealt over more and more accounts; one ring with nothing in common but its prompt, and one with a fixed prompt that may share identifiers.",
        X = ChartAxis.Logarithmic("accounts that share 12,000 exchanges", 4, 5_000, value => value.ToString("N0", CultureInfo.InvariantCulture)),
        Points = [.. accountCounts.Select(count => new AttackPoint(
            count,
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} accounts, {12_000 / count:N0} each"),
            [Ring(RingKinds.NoIdentifiers, count, 12_000 / count), Ring(RingKinds.FixedPrompt, count, 12_000 / count)]))],
    };

    /// <summary>More and more wordings of the harvesting prompt.</summary>
    public static AttackSweep Wordings() => new()
    {
        Id = "wordings",
        Title = "Rewording the prompt",
        Setting = "Four rings of 32 accounts, 200 exchanges each, dealt over so many wordings; identifiers all distinct. A wording is another authored wrapper of the language with its alternatives chosen anew; there are few authored ones in a language, so that wordings still have phrases in common.",
        X = ChartAxis.Logarithmic("wordings over 32 accounts", 1, 32, value => value.ToString("N0", CultureInfo.InvariantCulture)) with { Ticks = [.. WordingCounts.Select(count => ((double)count, count.ToString(CultureInfo.InvariantCulture)))] },
        Points = [.. WordingCounts.Select(count => new AttackPoint(
            count, count.ToString(CultureInfo.InvariantCulture), [.. Enumerable.Repeat(Ring(RingKinds.Paraphrase, 32, 200) with { WordingCount = count, IsDistinct = true }, 4)]))],
    };

    /// <summary>Accounts that start over more and more days.</summary>
    public static AttackSweep Jitter() => new()
    {
        Id = "jitter",
        Title = "Jitter of arrival",
        Setting = "Six rings of five kinds, 16 accounts each, identifiers all distinct; 200 exchanges an account. At 0 all start at once and run evenly round the clock; above, they start over so many days and each follows a person's day of its own.",
        X = new ChartAxis("days over which the accounts start", 0, 10, IsLogarithmic: false, [.. JitterDayCounts.Select(day => ((double)day, day.ToString(CultureInfo.InvariantCulture)))]),
        Points = [.. JitterDayCounts.Select(days => new AttackPoint(days, days == 0 ? "all at once" : $"over {days} d", Six(ring => ring with { JitterDays = days })))],
    };

    /// <summary>One search for techniques over more and more accounts.</summary>
    public static AttackSweep Search(params int[] accountCounts) => new()
    {
        Id = "search",
        Title = "Search for techniques",
        Setting = "What comes before a campaign: a few dozen tasks, each asked for in wrappers of every family, a few requests in each, until one works. 12,000 requests, as many as are on record, dealt over more and more accounts; two such rings a seed, identifiers all distinct.",
        X = ChartAxis.Logarithmic("accounts that share 12,000 requests", 1, 300, value => value.ToString("N0", CultureInfo.InvariantCulture)),
        Points = [.. accountCounts.Select(count => new AttackPoint(
            count,
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "account" : "accounts")}, {12_000 / count:N0} each"),
            [.. Enumerable.Repeat(Ring(RingKinds.TechniqueSearch, count, 12_000 / count) with { IsDistinct = true }, 2)]))],
    };

    /// <summary>Rings of every kind that is drawn, with the identifiers that their kind shares or with all of them distinct.</summary>
    public static IReadOnlyList<RingRequest> EveryKind(bool distinct) => [.. RingKinds.Drawn.Select(kind => Ring(kind, 16, 200) with { IsDistinct = distinct })];

    private static IReadOnlyList<RingRequest> Six(Func<RingRequest, RingRequest> vary) =>
        [.. MixedKinds.Select(kind => vary(Ring(kind, 16, 200) with { IsDistinct = true }))];

    private static RingRequest Ring(string kind, int accounts, int each) => new(kind, accounts, CoverShare: null) { ExchangesEach = Math.Max(1, each) };
}
