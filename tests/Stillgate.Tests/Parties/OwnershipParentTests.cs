using Stillgate.Parties.Ownership;
using Xunit;

namespace Stillgate.Tests.Parties;

public sealed class OwnershipParentTests
{
    private static readonly OwnershipTest WithControl = LedgerBuilder.HalfOrMore with { CountsControl = true };

    [Fact]
    public void UltimateParents_ChainOfMajorities_IsTheTopWithItsChain()
    {
        var parents = new LedgerBuilder().Party("top", "CN").Holds("top", "middle", ShareRange.Exact(51)).Holds("middle", "bottom", ShareRange.Between(60, 75))
            .Holds("other", "bottom", ShareRange.Exact(25)).Snapshot(WithControl).UltimateParents("bottom")!;

        var parent = Assert.Single(parents);
        Assert.Equal(("top", "CN", true, false), (parent.Id, parent.Headquarters, parent.IsCertain, parent.IsCircular));
        Assert.Equal(["middle>bottom", "top>middle"], parent.Chain.Select(step => step.Owner + ">" + step.Owned));
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(50.1, true)]
    public void UltimateParents_HalfIsNoMajority_MoreIs(double share, bool isParent)
    {
        var parents = new LedgerBuilder().Holds("top", "bottom", ShareRange.Exact((decimal)share)).Snapshot(WithControl).UltimateParents("bottom")!;

        Assert.Equal(isParent ? "top" : "bottom", Assert.Single(parents).Id);
    }

    [Fact]
    public void UltimateParents_ShareThatMayBeMoreThanHalf_IsPossible()
    {
        var parents = new LedgerBuilder().Holds("top", "bottom", ShareRange.Between(25, 75)).Snapshot(WithControl).UltimateParents("bottom")!;

        Assert.Equal(("top", false), (Assert.Single(parents).Id, parents[0].IsCertain));
    }

    [Fact]
    public void UltimateParents_ControlBesideACapitalMajority_ShowsBoth()
    {
        var parents = new LedgerBuilder().Holds("capital", "bottom", ShareRange.Exact(80)).Holds("chair", "bottom", ShareRange.Unknown, HoldingKind.Control)
            .Holds("maybe", "bottom", ShareRange.Unknown, HoldingKind.PossibleControl).Snapshot(WithControl).UltimateParents("bottom")!;

        Assert.Equal(["capital:True", "chair:True", "maybe:False"], parents.Select(parent => $"{parent.Id}:{parent.IsCertain}"));
    }

    [Fact]
    public void UltimateParents_CircleAtTheTop_IsShownAsSuch()
    {
        var parents = new LedgerBuilder().Holds("a", "b", ShareRange.Exact(60)).Holds("b", "a", ShareRange.Exact(60)).Holds("a", "bottom", ShareRange.Exact(90)).Snapshot(WithControl).UltimateParents("bottom")!;

        Assert.Equal(["a", "b"], parents.Select(parent => parent.Id));
        Assert.All(parents, parent => Assert.True(parent.IsCircular && !parent.IsCertain));
    }

    [Fact]
    public void UltimateParents_OfAStranger_AreNull() => Assert.Null(new LedgerBuilder().Holds("a", "b", ShareRange.Exact(60)).Snapshot(WithControl).UltimateParents("c"));

    [Fact]
    public void Bench_SmallGraph_EndsAsEvaluatedAnew()
    {
        var rows = OwnershipBench.Run(entities: 3_000, holdings: 9_000, changes: 4_000, seed: 3).ToDictionary(row => row.What, row => row.Measured);

        Assert.Equal("yes", rows["after all changes, the same as evaluated anew"]);
        Assert.NotEqual("0", rows["most parties that one change moved"]);
    }
}
