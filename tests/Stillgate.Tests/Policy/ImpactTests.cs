using Stillgate.Parties.Registry;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Impact;
using Stillgate.Policy.Live;
using Stillgate.Server.Commands;
using Stillgate.Server.Impact;
using Xunit;
using static Stillgate.Tests.Policy.PolicySeed;

namespace Stillgate.Tests.Policy;

public sealed class ImpactTests
{
    private static readonly PartyBook Customers = new(
    [
        State("account", null, ("id", "a"), ("country", "XX"), ("category", "business")),
        State("account", null, ("id", "b"), ("country", "DE"), ("category", "university")),
        State("account", null, ("id", "c"), ("category", "business")),
    ]);

    [Fact]
    public void Report_TwoPolicies_CountsWhoIsDeniedFreedAndUndetermined()
    {
        var report = Compare(
            Rules(("old", "account.id == 'b'", "deny", "")),
            Rules(("new", "account.country == 'XX'", "deny", "")),
            Row("a", "en", 10), Row("a", "fr", 5), Row("b", "de", 3), Row("c", "en", 2)).Report;

        Assert.Equal((new ImpactCount(1, 15), new ImpactCount(1, 3), new ImpactCount(1, 2)), (report.Total.NewlyDenied, report.Total.Freed, report.Total.NewlyUndetermined));
        Assert.Equal(["new: 1", "old: 0"], report.ByRule.Select(group => $"{group.Name}: {group.NewlyDenied.Accounts}"));
        Assert.Equal(new ImpactCount(1, 3), report.ByRule.Single(group => group.Name == "old").Freed);
        Assert.Equal((new ImpactCount(2, 17), new ImpactCount(1, 15)), (report.ByKind.Single(group => group.Name == "business").All, report.ByKind.Single(group => group.Name == "business").NewlyDenied));
        Assert.Equal(new ImpactCount(1, 5), report.ByLanguage.Single(group => group.Name == "fr").NewlyDenied);
        Assert.Equal(["a denied deny", "b freed allow", "c undetermined observe"], report.Accounts.Select(one => $"{one.Account} {one.Change} {one.After}"));
    }

    [Fact]
    public void AsIfInForce_ProposedRule_DeniesWhomItWouldDeny()
    {
        var policy = Compile(Rules(("r", "account.country == 'XX'", "deny", "")).Replace("status: in-force", "status: proposed", StringComparison.Ordinal));
        ImpactCount Denied(Stillgate.Policy.Rules.PolicySnapshot tried)
        {
            var tally = new ImpactTally(DecisionBook.Empty, DecisionBook.Build(tried, Customers, [], DateTimeOffset.MaxValue, CancellationToken.None), Customers);
            tally.Add(Row("a", "en", 3));
            return tally.ToReport().Total.NewlyDenied;
        }

        Assert.Equal((new ImpactCount(0, 0), new ImpactCount(1, 3)), (Denied(policy), Denied(policy.AsIfInForce())));
    }

    [Fact]
    public void Csv_NamesThatSpreadsheetsWouldRun_AreMadeHarmless()
    {
        var report = Compare("", Rules(("new", "account.id != ''", "deny", "")), Row("=cmd", "en", 1), Row("x,\"y\"", "en", 1)).Report;

        var lines = ImpactText.Csv(report).Split("\r\n");

        Assert.StartsWith("'=cmd,not stated,denied,allow,,deny,new,false,1,2026-06-01T", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"x,\"\"y\"\"\",", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NamesNoAccountAndNeedsNothingFromOutside()
    {
        var question = Compare("", Rules(("new", "account.id != '<b>'", "deny", "")), Row("secret-account", "en", 1));

        var page = ImpactPage.Render(question, Day("2026-06-02"));

        Assert.DoesNotContain("secret-account", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("account.id != &#39;&lt;b&gt;&#39;", page, StringComparison.Ordinal);
        Assert.Contains("others, each of fewer than 5 accounts", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How do I write this in Python, please? It is for the build.", "en")]
    [InlineData("Bitte schreibe mir einen Text über die Stadt und das Meer, nicht zu lang.", "de")]
    [InlineData("请帮我写一个 Python 函数来排序列表。", "zh")]
    [InlineData("リストを並べ替える関数を書いてください。", "ja")]
    [InlineData("Напиши функцию, которая сортирует список.", "ru")]
    [InlineData("اكتب دالة لترتيب القائمة من فضلك", "ar")]
    [InlineData("x = 1", "undecided")]
    public void PromptLanguage_OfAText_IsNamed(string text, string language) => Assert.Equal(language, PromptLanguage.Of(text));

    [Fact]
    public void Grain_FollowsTheDatesOfRulesAndFacts()
    {
        var days = Build(Rules(("r", "account.country == 'XX'", "deny", "")), Customers);
        var seconds = Build(
            Rules(("r", "account.country == 'XX'", "deny", "")),
            new PartyBook([State("account", "2026-05-01T10:00:07Z", ("id", "a"), ("country", "XX"))]));
        var each = Build(Rules(("r", "request.at > timestamp('2026-05-01T00:00:00Z')", "deny", "")), Customers);

        Assert.Equal((TimeSpan.FromDays(1), TimeSpan.FromSeconds(1), null), (days.Grain(), seconds.Grain(), each.Grain()));
        Assert.Null(PolicyHistoryCommands.GrainOf(days, each));
        Assert.Equal(TimeSpan.FromSeconds(1), PolicyHistoryCommands.GrainOf(days, seconds));
    }

    internal static TrafficRow Row(string account, string language, long count) => new()
    {
        Account = account,
        Model = "m",
        Dialect = "openai.chat",
        At = Day("2026-06-01"),
        Language = language,
        Count = count,
    };

    private static DecisionBook Build(string policy, PartyBook customers) => policy.Length == 0
        ? DecisionBook.Empty
        : DecisionBook.Build(Compile(policy), customers, Array.Empty<AccountIdentity>(), DateTimeOffset.MaxValue, CancellationToken.None);

    private static ImpactQuestion Compare(string before, string after, params TrafficRow[] rows)
    {
        var (was, becomes) = (Build(before, Customers), Build(after, Customers));
        var tally = new ImpactTally(was, becomes, Customers);
        foreach (var row in rows)
        {
            tally.Add(row);
        }

        return new ImpactQuestion { BeforeName = "A", Before = was, AfterName = "B", After = becomes, Traffic = "test", Report = tally.ToReport() };
    }
}
