using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Xunit;

namespace Stillgate.Tests.Lab;

public sealed class PairCountTests
{
    private static readonly Dictionary<string, AccountLabel> Labels = new AccountLabel[]
    {
        Ring("a1", "a"), Ring("a2", "a"), Ring("a3", "a"), Ring("b1", "b"), Ring("b2", "b"),
        new() { Account = "p", Kind = "person", Language = "en" },
        new() { Account = "q", Kind = "person", Language = "en" },
    }.ToDictionary(label => label.Account);

    [Fact]
    public void Of_SetsThatMix_CountsPairsOfEitherSide()
    {
        var pairs = PairCount.Of(Labels, [["a1", "a2", "b1", "p"], ["a3", "b2"], ["unlabelled", "q"]], Labels.Values.Where(label => label.Ring is not null));

        // Six pairs and one; a1 with a2 alone is right. Four pairs are possible. Three of the harvest stand beside one person.
        Assert.Equal((new Rate(1, 7), new Rate(1, 4), 3L), (pairs.Precision, pairs.Recall, pairs.Mixed));
    }

    [Fact]
    public void With_AnotherCount_AddsUp()
    {
        var one = new PairCount(new Rate(1, 7), new Rate(1, 4), 3);

        Assert.Equal(new PairCount(new Rate(3, 10), new Rate(2, 10), 4), one.With(new PairCount(new Rate(2, 3), new Rate(1, 6), 1)));
    }

    [Fact]
    public void Of_NoSets_FindsNothingOfWhatIsPossible()
    {
        var pairs = PairCount.Of(Labels, [], Labels.Values.Where(label => label.Ring is not null));

        Assert.Equal((new Rate(0, 0), new Rate(0, 4), 0L), (pairs.Precision, pairs.Recall, pairs.Mixed));
    }

    private static AccountLabel Ring(string account, string ring) => new() { Account = account, Kind = "ring", Harvest = true, Ring = ring, RingKind = "judge", Language = "en" };
}
