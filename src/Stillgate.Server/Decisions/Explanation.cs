using Stillgate.Parties.Ownership;
using Stillgate.Parties.Registry;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;

namespace Stillgate.Server.Decisions;

/// <summary>A decision on one account with everything that it rests on.</summary>
internal sealed record Explanation
{
    public required AccountIdentity Identity { get; init; }

    public required DecisionRequest Request { get; init; }

    /// <summary>With what had been recorded by when it was decided.</summary>
    public required DateTimeOffset KnownAt { get; init; }

    public required LiveDecision Decision { get; init; }

    public required string PolicyVersion { get; init; }

    /// <summary>The answers of the ownership tests that the deciding rule read, each with its proof.</summary>
    public required IReadOnlyList<OwnershipAnswer> Ownership { get; init; }

    /// <summary>The decision that is explained: what is enforced where it acts, else what the rules would have done.</summary>
    public Decision Explained => Decision.Enforced.Outcome >= Outcome.Restrict || Decision.Proposed.Rule is null ? Decision.Enforced : Decision.Proposed;

    /// <summary>Explains.</summary>
    /// <param name="book">A book that holds the account, with its enforcement and holds.</param>
    /// <param name="customers">What was stated about customers.</param>
    /// <param name="identity">The account.</param>
    /// <param name="request">The request.</param>
    /// <param name="knownAt">With what had been recorded by when.</param>
    public static Explanation Of(DecisionBook book, PartyBook customers, AccountIdentity identity, DecisionRequest request, DateTimeOffset knownAt)
    {
        var explanation = new Explanation
        {
            Identity = identity,
            Request = request,
            KnownAt = knownAt,
            Decision = book.Decide(identity.Account, identity.Organization, identity.EndCustomer, request),
            PolicyVersion = book.PolicyVersion!,
            Ownership = [],
        };
        var read = explanation.Explained.Facts.Select(fact => fact.Name).ToHashSet(StringComparer.Ordinal);
        var tests = book.Policy!.OwnershipTests.Where(test => read.Contains("ownership." + test.Id)).ToArray();
        if (tests.Length == 0 || PartyOf(customers, identity, new BookMoment(request.At, knownAt)) is not { } party)
        {
            return explanation;
        }

        var ledger = customers.LedgerAround(party, knownAt);
        return explanation with
        {
            Ownership = [.. tests.Select(test => OwnershipSnapshot.Build(ledger, test, request.At, knownAt).Answer(party))],
        };
    }

    private static string? PartyOf(PartyBook customers, AccountIdentity identity, BookMoment at) => identity.EndCustomer is { } end
        ? customers.Known(StatementForms.EndCustomer, StatementForm.Key(identity.Account, end), "organization", at)?.One
        : customers.Known(StatementForms.Account, identity.Account, "organization", at)?.One ?? identity.Organization;
}
