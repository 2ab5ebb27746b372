using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Accounts;

/// <summary>Every principal seen, by account and, for declared resellers, by end customer; and what is registered of those not seen yet.</summary>
internal sealed class AccountBook
{
    // Exchanges after which an account that has made none is at rest. In a log of light accounts most are, and a busy one never is.
    private const int RestAfter = 1 << 17;
    private const int StepLog2 = 8;

    // By account: its facts until it is seen, its state from then on.
    private readonly AccountIndex _byAccount = new();
    private readonly Dictionary<(string Account, string EndCustomer), AccountState> _byCustomer = [];
    private readonly List<AccountState> _all = [];

    // When each was seen last, in steps of a good many exchanges: a few more or less do not matter, and a step has half the bytes.
    private readonly List<uint> _lastSeen = [];
    private long _exchanges;
    private int _hand;

    public IReadOnlyList<AccountState> All => _all;

    private uint Step => (uint)(_exchanges >> StepLog2);

    /// <summary>Takes note of a registration. One of an account that has been seen changes nothing.</summary>
    public void Register(RegistrationRecord record)
    {
        if (_byAccount.Find(record.Account) is not AccountState)
        {
            _byAccount.Set(record.Account, RegistrationFacts.Of(record));
        }
    }

    public AccountState For(SketchedExchange exchange)
    {
        SendToRest();
        var entry = _byAccount.Find(exchange.Account);
        if (entry is not AccountState state)
        {
            var facts = entry as RegistrationFacts ?? RegistrationFacts.Unknown;
            state = Add(facts.Account.Length > 0 ? facts.Account : exchange.Account, endCustomer: null, facts);
            _byAccount.Set(state.Account, state);
        }

        state = state.Registration.Reseller && exchange.EndCustomer is { } customer ? ForCustomer(state, customer) : state;
        _lastSeen[state.Index] = Step;
        return state;
    }

    /// <summary>Packs every principal.</summary>
    public void Rest()
    {
        foreach (var state in _all)
        {
            state.Rest();
        }
    }

    /// <summary>How many principals hold each of some identifiers that nothing keeps count of.</summary>
    /// <param name="values">The identifiers.</param>
    /// <param name="identifier">A principal's.</param>
    public Dictionary<ulong, int> CountBy(IEnumerable<ulong> values, Func<AccountState, ulong> identifier)
    {
        var counts = values.ToDictionary(value => value, _ => 0);
        if (counts.Count == 0)
        {
            return counts;
        }

        foreach (var state in _all)
        {
            var value = identifier(state);
            if (counts.TryGetValue(value, out var count))
            {
                counts[value] = count + 1;
            }
        }

        return counts;
    }

    /// <summary>Writes every principal; what is registered of accounts not seen yet is the caller's to say again.</summary>
    public void Write(SectionWriter into)
    {
        foreach (var state in _all)
        {
            into.Content.Flag(true);
            into.Content.Text(state.Account);
            into.Content.Text(state.EndCustomer);
            state.Registration.Write(into.Content);
            state.Write(into.Content);
            into.EndIfLong(SectionKind.Accounts);
        }

        into.Content.Flag(false);
        into.End(SectionKind.Accounts);
    }

    /// <summary>Takes over what <see cref="Write"/> wrote. What was registered before of an account that had been seen is replaced.</summary>
    public void Read(SectionReader from)
    {
        while (ReadSome(from))
        {
        }
    }

    private bool ReadSome(SectionReader from)
    {
        var accounts = from.Open(SectionKind.Accounts);
        while (!accounts.IsAtEnd)
        {
            if (!accounts.Flag())
            {
                return false;
            }

            var account = accounts.Text() ?? "";
            var customer = accounts.Text();
            var facts = RegistrationFacts.Read(ref accounts);
            if (customer is not null && _byAccount.Find(account) is AccountState reseller)
            {
                // An end customer's facts are its reseller's.
                var resold = Add(reseller.Account, customer, reseller.Registration);
                _byCustomer[(reseller.Account, customer)] = resold;
                resold.Read(ref accounts);
                continue;
            }

            var state = Add(account, endCustomer: null, facts);
            _byAccount.Set(account, state);
            state.Read(ref accounts);
        }

        return true;
    }

    // One look an exchange, around all accounts: what rests is packed, and the look costs nothing that grows. What is found does not depend on it.
    private void SendToRest()
    {
        _exchanges++;
        if (_all.Count == 0)
        {
            return;
        }

        _hand = _hand + 1 < _all.Count ? _hand + 1 : 0;
        if (Step - _lastSeen[_hand] > RestAfter >> StepLog2)
        {
            _all[_hand].Rest();
        }
    }

    private AccountState ForCustomer(AccountState reseller, string customer)
    {
        if (!_byCustomer.TryGetValue((reseller.Account, customer), out var state))
        {
            state = Add(reseller.Account, customer, reseller.Registration);
            _byCustomer[(reseller.Account, customer)] = state;
        }

        return state;
    }

    private AccountState Add(string account, string? endCustomer, RegistrationFacts registration)
    {
        var state = new AccountState { Index = _all.Count, Account = account, EndCustomer = endCustomer, Registration = registration };
        _all.Add(state);
        _lastSeen.Add(Step);
        return state;
    }
}
