using Stillgate.Parties.Ownership;

namespace Stillgate.Parties.Registry;

/// <summary>
/// Every statement about customers, to be asked as of a day with what was known on another. Immutable.
/// Of the statements about one field that had begun, the one that began last stands; of two that began together, the one that was
/// recorded last; where it has ended, the field is not known.
/// </summary>
public sealed class PartyBook
{
    private readonly Dictionary<(string Statement, string Key), List<PartyStatement>> _byKey = [];
    private readonly ILookup<(string Statement, string Subject), PartyStatement> _bySubject;
    private readonly ILookup<string, PartyStatement> _holdingsOf;

    /// <summary>Makes a book.</summary>
    /// <param name="statements">The statements, in the order in which they were recorded.</param>
    public PartyBook(IEnumerable<PartyStatement> statements)
    {
        PartyStatement[] all = [.. statements];
        Count = all.Length;
        foreach (var statement in all)
        {
            var key = (statement.Statement, statement.Key);
            if (!_byKey.TryGetValue(key, out var same))
            {
                _byKey[key] = same = [];
            }

            same.Add(statement);
        }

        _bySubject = all.ToLookup(statement => (statement.Statement, statement.Subject));
        _holdingsOf = all.Where(statement => statement.Statement == StatementForms.Holding).ToLookup(statement => statement.One("owned")!, StringComparer.Ordinal);
        Accounts = [.. all.Where(statement => statement.Statement == StatementForms.Account).Select(statement => statement.Subject).Distinct(StringComparer.Ordinal)];
        Parties = [.. all.Where(statement => statement.Statement == StatementForms.Party).Select(statement => statement.Subject).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>How many statements there are.</summary>
    public int Count { get; }

    /// <summary>Accounts of which anything was stated.</summary>
    public IReadOnlyList<string> Accounts { get; }

    /// <summary>Parties of which anything was stated.</summary>
    public IReadOnlyList<string> Parties { get; }

    /// <summary>All statements of one kind about one account or party.</summary>
    public IEnumerable<PartyStatement> Of(string statement, string subject) => _bySubject[(statement, subject)];

    /// <summary>The keys under which anything of one kind was stated about one account or party.</summary>
    public IEnumerable<string> KeysOf(string statement, string subject) => Of(statement, subject).Select(one => one.Key).Distinct(StringComparer.Ordinal);

    /// <summary>What is known of a field.</summary>
    /// <param name="statement">The kind of statement.</param>
    /// <param name="key">The statement's key.</param>
    /// <param name="field">The field.</param>
    /// <param name="at">The moment asked about.</param>
    /// <returns>What stands, or null where it is not known.</returns>
    public StatedValue? Known(string statement, string key, string field, BookMoment at)
    {
        PartyStatement? stands = null;
        foreach (var one in _byKey.GetValueOrDefault((statement, key), []))
        {
            if (one.RecordedAt <= at.KnownAt && (one.ValidFrom is null || one.ValidFrom <= at.ValidAt) && one.Fields.ContainsKey(field)
                && (stands is null || !IsBefore(one, stands)))
            {
                stands = one;
            }
        }

        return stands is null || stands.Fields[field].Count == 0 || (stands.ValidTo is { } end && end <= at.ValidAt)
            ? null
            : new StatedValue(stands.Fields[field], stands);
    }

    /// <summary>What was stated of holdings that one party has, that others have of it, or that are held on its behalf.</summary>
    /// <param name="party">The party.</param>
    public IEnumerable<PartyStatement> HoldingsAround(string party) =>
        _holdingsOf.SelectMany(holdings => holdings).Where(holding => holding.One("owned") == party || holding.One("owner") == party || holding.One("on_behalf_of") == party);

    /// <summary>The moments at which statements begin or end.</summary>
    public static IEnumerable<DateTimeOffset> Changes(IEnumerable<PartyStatement> statements) =>
        statements.SelectMany(statement => new[] { statement.ValidFrom, statement.ValidTo }.OfType<DateTimeOffset>());

    /// <summary>
    /// The ownership facts that can bear on one party: it, all that holds something of it, of those again, and on whose behalf.
    /// </summary>
    /// <param name="party">The party.</param>
    /// <param name="knownAt">Only what had been recorded by then.</param>
    public OwnershipLedger LedgerAround(string party, DateTimeOffset knownAt)
    {
        var ledger = new OwnershipLedger();
        var found = new HashSet<string>(StringComparer.Ordinal) { party };
        var open = new Queue<string>(found);
        while (open.TryDequeue(out var next))
        {
            LedgerOfBook.AddParty(ledger, this, next, knownAt);
            foreach (var holding in _holdingsOf[next].Where(statement => statement.RecordedAt <= knownAt))
            {
                ledger.Add(LedgerOfBook.Holding(holding));
                foreach (var other in new[] { holding.One("owner"), holding.One("on_behalf_of") })
                {
                    if (other is not null && found.Add(other))
                    {
                        open.Enqueue(other);
                    }
                }
            }
        }

        return ledger;
    }

    private static bool IsBefore(PartyStatement one, PartyStatement other) =>
        ((one.ValidFrom ?? DateTimeOffset.MinValue), one.RecordedAt).CompareTo(((other.ValidFrom ?? DateTimeOffset.MinValue), other.RecordedAt)) < 0;
}
