using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Accounts;

/// <summary>What few registrations say: apart, so that the others have no room for it.</summary>
/// <param name="Reseller">Whether the account is a declared reseller.</param>
/// <param name="MonthlyQuota">Tokens of exempt use in a month, where there is a bound.</param>
/// <param name="Exemptions">Registered evaluation, research and authorised training.</param>
internal sealed record RegistrationTerms(bool Reseller, long? MonthlyQuota, IReadOnlyList<Attestation> Exemptions)
{
    /// <returns>The terms, or null where there are none.</returns>
    public static RegistrationTerms? Of(bool reseller, long? monthlyQuota, Attestation[] exemptions) =>
        reseller || monthlyQuota is not null || exemptions.Length > 0 ? new RegistrationTerms(reseller, monthlyQuota, exemptions) : null;
}
