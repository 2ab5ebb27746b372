using Stillgate.Parties.Registry;

namespace Stillgate.Policy.Impact;

/// <summary>In which kind of customer an account is counted: its stated category, else that it resells, else what it attested, else its plan.</summary>
public static class CustomerKind
{
    /// <summary>Where nothing was stated that says it.</summary>
    public const string NotStated = "not stated";

    /// <summary>The kind of an account at a moment.</summary>
    public static string Of(PartyBook book, string account, DateTimeOffset at)
    {
        var moment = new BookMoment(at, DateTimeOffset.MaxValue);
        string? Known(string field) => book.Known(StatementForms.Account, account, field, moment)?.One;

        if (Known("category") is { } category)
        {
            return category;
        }

        if (Known("reseller") == "true")
        {
            return "reseller";
        }

        var attested = book.KeysOf(StatementForms.Attestation, account)
            .Select(key => book.Known(StatementForms.Attestation, key, "kind", moment)?.One).OfType<string>().Order(StringComparer.Ordinal).FirstOrDefault();
        return attested is not null ? "attested: " + attested : Known("plan") is { } plan ? "plan: " + plan : NotStated;
    }
}
