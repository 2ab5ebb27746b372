using Stillgate.Parties.Ownership;
using Stillgate.Parties.Registry;
using Stillgate.Policy.Expressions;
using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Facts;

/// <summary>
/// The answers of a policy's ownership tests, party by party: only what is above a party can bear on it, so each has a small
/// ledger of its own, and between two of its changes an answer is worked out once.
/// </summary>
internal sealed class OwnershipFacts(IReadOnlyList<OwnershipTest> tests, PartyBook book, DateTimeOffset knownAt)
{
    private readonly Dictionary<string, Ledger> _ledgers = new(StringComparer.Ordinal);

    public IEnumerable<DateTimeOffset> ChangesOf(string party) => tests.Count == 0 ? [] : Of(party).Days;

    public void Add(FactCollector into, string party, DateTimeOffset at)
    {
        if (tests.Count == 0)
        {
            return;
        }

        var ledger = Of(party);
        var span = ledger.SpanAt(at);
        if (!ledger.Answers.TryGetValue(span, out var answers))
        {
            ledger.Answers[span] = answers = [.. tests.Select(test => Answer(ledger, party, test, ledger.StartOf(span)))];
        }

        foreach (var (name, value, source) in answers)
        {
            if (value is { } known)
            {
                into.Add(name, ExpressionValue.Of(known), source);
            }
        }
    }

    private (string Name, bool? Value, FactSource Source) Answer(Ledger ledger, string party, OwnershipTest test, DateTimeOffset from)
    {
        // The moment before all changes stands for the time that no statement speaks of.
        var snapshot = OwnershipSnapshot.Build(ledger.Facts, test, from, knownAt);
        var answer = snapshot.Answer(party);
        bool? value = answer.Standing switch { Standing.Restricted => true, Standing.Clear => false, _ => null };
        var source = new FactSource($"ownership test {test.Id}: {answer.Reason.TrimEnd('.')}", from == DateTimeOffset.MinValue ? null : from)
        {
            ListVersions = answer.ListVersions,
        };
        return ("ownership." + test.Id, value, source);
    }

    private Ledger Of(string party)
    {
        if (!_ledgers.TryGetValue(party, out var ledger))
        {
            _ledgers[party] = ledger = new Ledger(book.LedgerAround(party, knownAt), knownAt);
        }

        return ledger;
    }

    private sealed class Ledger(OwnershipLedger facts, DateTimeOffset knownAt)
    {
        public OwnershipLedger Facts { get; } = facts;

        public IReadOnlyList<DateTimeOffset> Days { get; } = [.. facts.ChangeDays(knownAt).Where(day => day > DateTimeOffset.MinValue)];

        public Dictionary<int, (string Name, bool? Value, FactSource Source)[]> Answers { get; } = [];

        /// <summary>0 before the first change, n from the nth change on.</summary>
        public int SpanAt(DateTimeOffset at)
        {
            var span = Days.Count;
            while (span > 0 && Days[span - 1] > at)
            {
                span--;
            }

            return span;
        }

        public DateTimeOffset StartOf(int span) => span == 0 ? DateTimeOffset.MinValue : Days[span - 1];
    }
}
