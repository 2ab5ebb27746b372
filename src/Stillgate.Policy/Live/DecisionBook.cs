using System.Collections.Frozen;
using Stillgate.Parties.Registry;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Live;

/// <summary>
/// Everything that a decision on the live path needs, as one immutable whole: the policy, which of its rules are enforced, what is
/// known of each account, and the holds. Deciding never waits and allocates nothing.
/// </summary>
public sealed class DecisionBook
{
    private readonly PolicySnapshot? _policy;
    private readonly FrozenDictionary<string, AccountEntry> _accounts;
    private readonly Strangers? _strangers;
    private readonly UInt128 _enforced;
    private readonly ModelHold[] _holds;
    private readonly bool _isWhole;

    private DecisionBook(
        PolicySnapshot? policy, FrozenDictionary<string, AccountEntry> accounts, Strangers? strangers, UInt128 enforced, ModelHold[] holds) =>
        (_policy, _accounts, _strangers, _enforced, _holds, _isWhole, ReadsPlace) =
            (policy, accounts, strangers, enforced, holds, policy?.IsWhole(enforced) == true, policy?.ReadsPlace == true);

    /// <summary>A book without policy and holds: everything is served.</summary>
    public static DecisionBook Empty { get; } = new(null, FrozenDictionary<string, AccountEntry>.Empty, null, 0, []);

    /// <summary>Whether nothing is decided by it.</summary>
    public bool IsEmpty => _policy is null && _holds.Length == 0;

    /// <summary>The version of the policy, or null.</summary>
    public string? PolicyVersion => _policy?.Version;

    /// <summary>The policy, or null.</summary>
    public PolicySnapshot? Policy => _policy;

    /// <summary>Whether a rule asks where a request came from.</summary>
    public bool ReadsPlace { get; }

    /// <summary>Accounts of which something is known.</summary>
    public int AccountCount => _accounts.Count;

    /// <summary>Makes a book. No rule is enforced yet, and nothing is held.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="book">What was stated about customers.</param>
    /// <param name="identities">The accounts that keys name, with their organisations; those of the book are added.</param>
    /// <param name="knownAt">Only what had been recorded by then.</param>
    /// <param name="cancellation">Gives up.</param>
    public static DecisionBook Build(
        PolicySnapshot policy, PartyBook book, IEnumerable<AccountIdentity> identities, DateTimeOffset knownAt, CancellationToken cancellation)
    {
        var composer = new AccountFactsComposer(policy, book, knownAt);
        var organizations = identities.GroupBy(identity => identity.Account, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(one => one.Organization).FirstOrDefault(one => one is not null), StringComparer.Ordinal);
        var accounts = new Dictionary<string, AccountEntry>(StringComparer.Ordinal);
        foreach (var account in organizations.Keys.Concat(book.Accounts).Distinct(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            accounts[account] = EntryOf(policy, book, composer, new AccountIdentity(account, organizations.GetValueOrDefault(account)));
        }

        return new DecisionBook(policy, accounts.ToFrozenDictionary(StringComparer.Ordinal), new Strangers(policy), 0, []);
    }

    /// <summary>Makes a book of one account alone, to explain a decision on it.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="book">What was stated about customers.</param>
    /// <param name="identity">The account.</param>
    /// <param name="knownAt">Only what had been recorded by then.</param>
    public static DecisionBook BuildOne(PolicySnapshot policy, PartyBook book, AccountIdentity identity, DateTimeOffset knownAt)
    {
        var entry = EntryOf(policy, book, new AccountFactsComposer(policy, book, knownAt), identity with { EndCustomer = null });
        return new DecisionBook(
            policy, new[] { KeyValuePair.Create(identity.Account, entry) }.ToFrozenDictionary(StringComparer.Ordinal), new Strangers(policy), 0, []);
    }

    /// <summary>The same book with these holds in place of its own.</summary>
    public DecisionBook WithHolds(IEnumerable<ModelHold> holds) => new(_policy, _accounts, _strangers, _enforced, [.. holds]);

    /// <summary>The same book with these rules enforced, and no others. Exceptions from rules always count.</summary>
    public DecisionBook WithEnforced(IReadOnlySet<string> rules) =>
        new(_policy, _accounts, _strangers, _policy?.SetOf(rules) ?? 0, _holds);

    /// <summary>
    /// Decides one request. Of an account and the end customer that it passes through, the stricter decision stands. An account of
    /// which nothing was stated is decided on with what its key says.
    /// </summary>
    public LiveDecision Decide(string account, string? organization, string? endCustomer, in DecisionRequest request)
    {
        var hold = HoldOn(account, organization, request);
        if (_policy is null)
        {
            return new LiveDecision(default, default, HasPolicy: false, hold);
        }

        var entry = _accounts.GetValueOrDefault(account);
        var standing = entry?.Standing ?? _strangers!.Of(account, organization);
        var proposed = _policy.Decide(standing, request);
        var enforced = _isWhole ? proposed : _policy.Decide(standing, request, _enforced);
        if (endCustomer is not null && entry?.EndCustomers is { } ends && ends.TryGetValue(endCustomer, out var end))
        {
            var (endEnforced, endProposed) = (_policy.Decide(end, request, _enforced), _policy.Decide(end, request));
            enforced = endEnforced.Outcome > enforced.Outcome ? endEnforced : enforced;
            proposed = endProposed.Outcome > proposed.Outcome ? endProposed : proposed;
        }

        return new LiveDecision(enforced, proposed, HasPolicy: true, hold);
    }

    private static AccountEntry EntryOf(PolicySnapshot policy, PartyBook book, AccountFactsComposer composer, AccountIdentity identity)
    {
        var ends = book.Of(StatementForms.EndCustomer, identity.Account).Select(one => one.One("id")!).Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(end => end, end => policy.StandingOf(composer.Compose(identity with { EndCustomer = end })), StringComparer.Ordinal);
        return new AccountEntry(policy.StandingOf(composer.Compose(identity)), ends.Count == 0 ? null : ends);
    }

    /// <summary>
    /// The coarsest of day, hour, minute and second within which every decision on one account, model, channel, end customer and set
    /// of capabilities is the same; null where none is. Traffic may be counted by it before it is decided on.
    /// </summary>
    public TimeSpan? Grain()
    {
        if (_policy is null)
        {
            return TimeSpan.FromDays(1);
        }

        if (_policy.ReadsRequestTime)
        {
            return null;
        }

        var standings = _accounts.Values.SelectMany(entry => (entry.EndCustomers?.Values ?? []).Append(entry.Standing));
        DateTimeOffset[] edges = [.. _policy.Edges.Concat(standings.SelectMany(standing => standing.From)).Where(edge => edge > DateTimeOffset.MinValue).Distinct()];
        TimeSpan[] grains = [TimeSpan.FromDays(1), TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1)];
        return grains.Select(grain => (TimeSpan?)grain).FirstOrDefault(grain => Array.TrueForAll(edges, edge => edge.UtcTicks % grain!.Value.Ticks == 0));
    }

    private ModelHold? HoldOn(string account, string? organization, in DecisionRequest request)
    {
        foreach (var hold in _holds)
        {
            if (hold.Bars(request.Model, account, organization, request.At))
            {
                return hold;
            }
        }

        return null;
    }

    private sealed record AccountEntry(AccountStanding Standing, FrozenDictionary<string, AccountStanding>? EndCustomers);
}
