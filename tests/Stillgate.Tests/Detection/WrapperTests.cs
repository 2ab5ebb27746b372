using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>How alike the wrappers of two accounts are, and finding the one most alike.</summary>
public sealed class WrapperTests
{
    private const double LinkedFrom = 0.6;
    private readonly AnchorTable _anchors = new([]);

    [Fact]
    public void Similarity_OneWrapperAndTasksSampledOften_AreAlike()
    {
        var accounts = Enumerable.Range(0, 6).Select(number => Account(number, wrapper: 1, tasks: 16)).ToArray();

        var wrappers = WrapperProfile.Of(accounts[0], _anchors).Similarity(WrapperProfile.Of(accounts[1], _anchors));
        var all = AccountProfile.Of(accounts[0], _anchors).Similarity(AccountProfile.Of(accounts[1], _anchors));

        Assert.Equal(1, wrappers, 6);
        Assert.InRange(all, 0, 0.45);
    }

    [Fact]
    public void Similarity_OneAuthoredWrapperWithDirectivesOfItsOwn_IsAnotherOne()
    {
        // Both start from passages that many use; what either adds, nobody else sends.
        var crowd = Enumerable.Range(0, 40).Select(number => Account(number, wrapper: 1, tasks: 0)).ToArray();
        var own = Account(90, wrapper: 1, tasks: 0, directives: 3);

        Assert.InRange(WrapperProfile.Of(crowd[0], _anchors).Similarity(WrapperProfile.Of(own, _anchors)), 0, LinkedFrom - 0.01);
    }

    [Fact]
    public void MatchOrLead_ManyWrappersOfManyAccounts_FindsEachItsOwn()
    {
        var index = new WrapperIndex();
        var accounts = Enumerable.Range(0, 600).Select(number => Account(number, wrapper: 1 + (number % 60), tasks: 6)).ToArray();
        var leaders = new Dictionary<int, AccountState>();

        foreach (var account in accounts)
        {
            var match = index.MatchOrLead(account, WrapperProfile.Of(account, _anchors), LinkedFrom);
            var wrapper = account.Index % 60;
            Assert.Equal(leaders.GetValueOrDefault(wrapper), match?.Account);
            leaders.TryAdd(wrapper, account);
        }
    }

    [Fact]
    public void MatchOrLead_NoWrapper_IsAlone()
    {
        var index = new WrapperIndex();
        var first = new AccountState { Index = 0, Account = "a", Registration = RegistrationFacts.Unknown };

        Assert.Null(index.MatchOrLead(first, WrapperProfile.Of(first, _anchors), LinkedFrom));
        Assert.Null(index.MatchOrLead(first, WrapperProfile.Of(first, _anchors), LinkedFrom));
    }

    private AccountState Account(int number, int wrapper, int tasks, int directives = 0)
    {
        var account = new AccountState { Index = number, Account = $"a-{number}", Registration = RegistrationFacts.Unknown };
        for (var passage = 0; passage < 6; passage++)
        {
            Use(account, ((ulong)wrapper * 1_000) + (ulong)passage + 1, 100);
        }

        for (var task = 0; task < tasks + directives; task++)
        {
            Use(account, 1_000_000 + ((ulong)number * 100) + (ulong)task, task < tasks ? 36 : 100);
        }

        return account;
    }

    private void Use(AccountState account, ulong anchor, int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (account.UseAnchor(anchor) == 3)
            {
                _anchors.Promote(anchor, GroupKind.Template, account);
            }
        }
    }
}
