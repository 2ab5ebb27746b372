using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Evaluation;

/// <summary>A harvest and a legitimate use that send the same contents, so that only how they are sent can tell them apart.</summary>
/// <param name="Harvest">The harvest, in words.</param>
/// <param name="Legitimate">The legitimate use, in words.</param>
/// <param name="IsHarvest">Whether an account is of the harvest's side.</param>
/// <param name="IsLegitimate">Whether an account is of the legitimate side.</param>
internal sealed record InseparablePair(string Harvest, string Legitimate, Func<AccountLabel, bool> IsHarvest, Func<AccountLabel, bool> IsLegitimate)
{
    /// <summary>Every pair, in the order of the table.</summary>
    public static IReadOnlyList<InseparablePair> All { get; } =
    [
        new("one account takes grades", "evaluation by a judge, not attested", IsSingle("judge"), label => label is { Kind: "evaluator", Style: "judge", Undecidable: true }),
        new("one account takes grades", "an application that grades", IsSingle("judge"), label => label is { Harvest: false, Style: "grading" }),
        new("one account sends a bare prompt list", "a benchmark, not attested", IsSingle("raw"), label => label is { Kind: "evaluator", Style: "benchmark", Undecidable: true }),
        new("one account takes translations", "an application that translates", IsSingle("translate"), label => label is { Harvest: false, Style: "translation" or "giant-translation" }),
        new("a ring takes grades", "evaluation by a judge, not attested", label => label.RingKind == RingKinds.Judge, label => label is { Kind: "evaluator", Style: "judge", Undecidable: true }),
        new("a ring sends shards of a bare prompt list", "a benchmark, not attested", label => label.RingKind == RingKinds.RawList, label => label is { Kind: "evaluator", Style: "benchmark", Undecidable: true }),
    ];

    private static Func<AccountLabel, bool> IsSingle(string style) => label => label is { Harvest: true, Ring: null } && label.Style == style;
}
