using Stillgate.Lab.LogitTheft;
using Stillgate.Server.Commands;
using Xunit;

namespace Stillgate.Tests.Lab;

/// <summary>The theft of a projection layer works through the gateway where its rule is off, and fails where it is on.</summary>
public sealed class LogitTheftTests
{
    private static readonly TheftOptions Options = new() { HiddenSize = 4, VocabularySize = 40, PromptCount = 6, AccountCount = 4 };

    public static TheoryData<int> CaseNumbers => [.. Enumerable.Range(0, TheftDemonstration.Cases(Options).Count)];

    [Theory]
    [MemberData(nameof(CaseNumbers))]
    public async Task Theft_RuleOffOrOn_SucceedsOrFails(int number)
    {
        var theft = TheftDemonstration.Cases(Options)[number];

        var result = await TheftDemonstration.RunAsync(
            theft, Options, (one, provider) => LabLogitTheftCommand.OpenAsync(one, Options, provider, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal((!theft.IsRuleOn, theft.IsRuleOn), (result.IsStolen, result.RefusedCount > 0));
        if (theft.IsRuleOn)
        {
            // Accounts that nothing links have a bound each; a few of them together pass the hidden size. That is the rule's limit, and told as such.
            Assert.Equal(theft.IsOneCampaign ? null : result.TrueRank, result.Rank);
            Assert.True(result.RecoveredCount <= result.LogitCount / 2, $"{result.RecoveredCount} of {result.LogitCount}");
        }
        else
        {
            Assert.True(result.LargestError < 1e-3, $"error {result.LargestError}");
        }
    }

    [Fact]
    public void RankOf_FullRank_ClaimsNone()
    {
        var draw = new Random(1);
        var full = new double[12, 12];
        for (var at = 0; at < full.Length; at++)
        {
            full[at / 12, at % 12] = draw.NextDouble() - 0.5 + (at / 12 == at % 12 ? 2 : 0);
        }

        Assert.Null(LogitThief.RankOf(full));
        Assert.Null(LogitThief.RankOf(new double[12, 0]));
    }
}
