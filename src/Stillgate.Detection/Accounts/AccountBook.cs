using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Accounts;

/// <summary>Every principal seen, by account and, for declared resellers, by end customer.</summary>
internal sealed class AccountBook
{
    private readonly Dictionary<string, RegistrationFacts> _registrations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountState> _byAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, string EndCustomer), AccountState> _byCustomer = [];
    private readonly List<AccountState> _all = [];

    public IReadOnlyList<AccountState> All => _all;

    public void Register(RegistrationRecord record) => _registrations[record.Account] = RegistrationFacts.Of(record);

    public AccountState For(SketchedExchange exchange)
    {
        if (_byAccount.TryGetValue(exchange.Account, out var state))
        {
            return state.Registration.Reseller && exchange.EndCustomer is { } customer ? ForCustomer(state, customer) : state;
        }

        state = Add(exchange.Account, endCustomer: null, _registrations.GetValueOrDefault(exchange.Account) ?? RegistrationFacts.Unknown);
        _byAccount[exchange.Account] = state;
        return state.Registration.Reseller && exchange.EndCustomer is { } first ? ForCustomer(state, first) : state;
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
        return state;
    }
}
