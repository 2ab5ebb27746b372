using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// What detection may use of a registration. Countries, names and nationality are left out on purpose: they may not feed a score.
/// </summary>
internal sealed class RegistrationFacts
{
    public static RegistrationFacts Unknown { get; } = new();

    public string? Organization { get; private init; }

    public long? CreatedAtMs { get; private init; }

    public string? PaymentFingerprint { get; private init; }

    public string? EmailDomain { get; private init; }

    public string? EmailPattern { get; private init; }

    public bool Reseller { get; private init; }

    public long? MonthlyQuota { get; private init; }

    public IReadOnlyList<Attestation> Exemptions { get; private init; } = [];

    public static RegistrationFacts Of(RegistrationRecord record) => new()
    {
        Organization = record.Organization,
        CreatedAtMs = record.CreatedAt?.ToUnixTimeMilliseconds(),
        PaymentFingerprint = record.Payment?.Fingerprint,
        EmailDomain = EmailShape.Domain(record.Email),
        EmailPattern = EmailShape.Pattern(record.Email),
        Reseller = record.Reseller || record.Attestations.Any(attestation => attestation.Kind == "reseller"),
        MonthlyQuota = record.MonthlyQuota,
        Exemptions = [.. record.Attestations.Where(attestation => attestation.Kind is "research" or "evaluation" or "authorised-training")],
    };
}
