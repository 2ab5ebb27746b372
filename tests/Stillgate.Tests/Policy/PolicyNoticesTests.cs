using Stillgate.Policy.Rules;
using Xunit;

namespace Stillgate.Tests.Policy;

/// <summary>What a policy leaves to a person is said, on the day on which it matters.</summary>
public sealed class PolicyNoticesTests
{
    [Fact]
    public void At_AfterTheStayOfTheAffiliatesRule_APersonMustDecideAndTheRuleOnlyObserves()
    {
        var policy = PolicySeed.Compile(PolicySeed.Pack("bis-affiliates.yaml"));

        var notice = Assert.Single(PolicyNotices.At(policy, PolicySeed.Day("2026-11-29")));

        Assert.Equal("rules.bis-affiliate.effective", notice.Field);
        Assert.Contains("since 2026-11-10", notice.Message, StringComparison.Ordinal);
        Assert.Contains("A person must", notice.Message, StringComparison.Ordinal);
        Assert.True(notice.IsWarning);
    }

    [Fact]
    public void At_WeeksBeforeTheStayEnds_TheEndIsAnnounced()
    {
        var policy = PolicySeed.Compile(PolicySeed.Pack("bis-affiliates.yaml"));

        var notice = Assert.Single(PolicyNotices.At(policy, PolicySeed.Day("2026-10-15")));

        Assert.StartsWith("stayed until 2026-11-09, then unconfirmed", notice.Message, StringComparison.Ordinal);
        Assert.Empty(PolicyNotices.At(policy, PolicySeed.Day("2026-05-01")));
    }
}
