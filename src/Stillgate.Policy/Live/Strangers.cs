using System.Collections.Concurrent;
using Stillgate.Policy.Expressions;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Live;

/// <summary>
/// Accounts of which nothing was stated and that came after the book was made: of each only what its key says is known. Made at its
/// first request and kept; bounded, since in open mode anybody can make accounts, and past the bound even that is not known.
/// </summary>
internal sealed class Strangers(PolicySnapshot policy)
{
    public const int CountMax = 65_536;
    private readonly ConcurrentDictionary<(string Account, string? Organization), AccountStanding> _known = new();
    private readonly AccountStanding _nobody = StandingOf(policy, []);
    private int _count;

    public AccountStanding Of(string account, string? organization)
    {
        if (_known.TryGetValue((account, organization), out var known))
        {
            return known;
        }

        if (Volatile.Read(ref _count) >= CountMax)
        {
            return _nobody;
        }

        var facts = new FactCollector();
        var source = new FactSource("the key", null);
        facts.Add("account.id", ExpressionValue.Of(account), source);
        if (organization is not null)
        {
            facts.Add("account.organization", ExpressionValue.Of(organization), source);
        }

        var standing = policy.StandingOf([new AccountFacts { From = DateTimeOffset.MinValue, Facts = facts.Facts, Sources = facts.Sources }]);
        if (_known.TryAdd((account, organization), standing))
        {
            Interlocked.Increment(ref _count);
        }

        return standing;
    }

    private static AccountStanding StandingOf(PolicySnapshot policy, Dictionary<string, ExpressionValue> facts) =>
        policy.StandingOf([new AccountFacts { From = DateTimeOffset.MinValue, Facts = facts }]);
}
