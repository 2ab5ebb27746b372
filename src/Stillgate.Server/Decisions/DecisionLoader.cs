using Stillgate.Parties.Registry;
using Stillgate.Policy.Bundles;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;
using Stillgate.Storage;
using Stillgate.Storage.Holds;
using Stillgate.Storage.Keys;
using Stillgate.Storage.Policies;
using Stillgate.Storage.Registrations;
using Stillgate.Storage.Registry;

namespace Stillgate.Server.Decisions;

/// <summary>Makes decision books of what a store holds.</summary>
internal sealed class DecisionLoader(StillgateDatabase database, StoreFolder folder, TimeProvider time)
{
    private readonly PolicyStore _policies = new(database, time);

    public StoreMarks Marks() => StoreMarks.Read(database);

    /// <summary>Every statement about customers, the registrations first: they have no dates, so any dated statement supersedes them.</summary>
    public PartyBook Customers() =>
        new(new RegistrationStore(database).List().SelectMany(RegistrationStatements.Of).Concat(new StatementStore(database).List()));

    /// <summary>The policy in force; null where none is.</summary>
    /// <exception cref="StoreException">It does not pass the gate that it passed when it was activated: it was changed since.</exception>
    public PolicySnapshot? ActivePolicy() => _policies.ActiveVersion() is { } version ? Policy(version) : null;

    /// <summary>The policy that was in force at a moment; null where none was.</summary>
    public PolicySnapshot? PolicyAt(DateTimeOffset at) => _policies.VersionAt(at) is { } version ? Policy(version) : null;

    public IReadOnlySet<string> EnforcedAt(DateTimeOffset at) => _policies.EnforcedAt(at);

    public IReadOnlySet<string> EnforcedNow() => _policies.EnforcedAt(DateTimeOffset.MaxValue);

    public IReadOnlyList<ModelHold> Holds(DateTimeOffset at) => HoldsOf([.. new HoldStore(database, time).List().Where(hold => hold.StandsAt(at))]);

    public IEnumerable<AccountIdentity> Identities() =>
        new KeyStore(database, folder, time).List().Where(key => key.RevokedAt is null).Select(key => new AccountIdentity(key.Account, key.Organization));

    /// <summary>A whole book as the store stands now.</summary>
    public DecisionBook Build(CancellationToken cancellation)
    {
        var book = ActivePolicy() is { } policy
            ? DecisionBook.Build(policy, Customers(), Identities(), DateTimeOffset.MaxValue, cancellation)
            : DecisionBook.Empty;
        return Freshen(book);
    }

    /// <summary>The book with the enforcement and the holds as they stand now.</summary>
    public DecisionBook Freshen(DecisionBook book) => book.WithEnforced(EnforcedNow()).WithHolds(Holds(time.GetUtcNow()));

    private PolicySnapshot Policy(string version)
    {
        var bundle = _policies.BundleOf(version) ?? throw new StoreException($"policy {version}: the store has no such bundle");

        // A signer that is trusted no longer does not undo what was in force: it bars what is activated from then on.
        var known = _policies.Signers().ToDictionary(signer => signer.Signer, signer => signer.PublicKey, StringComparer.Ordinal);
        return BundleGate.TryOpen("policy " + version, bundle.Span, known, out var problems)
            ?? throw new StoreException($"policy {version}, which is in force, cannot be used:\n  " + string.Join("\n  ", problems.Where(problem => !problem.IsWarning)));
    }

    private static IReadOnlyList<ModelHold> HoldsOf(IReadOnlyList<StoredHold> holds) =>
    [
        .. holds.Select(hold => new ModelHold
        {
            Id = hold.Id,
            Model = hold.Model,
            Except = System.Collections.Frozen.FrozenSet.ToFrozenSet(hold.Except, StringComparer.Ordinal),
            Reason = hold.Reason,
            From = hold.PlacedAt,
            Until = hold.Until,
        }),
    ];
}
