using System.IO.Hashing;
using System.Runtime.InteropServices;
using Stillgate.Detection.State;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// What detection may use of a registration. Countries, names and nationality are left out on purpose: they may not feed a score. What is
/// only ever compared is kept as a hash; 0 stands for what is not known.
/// </summary>
internal sealed class RegistrationFacts
{
    // Content anchors have 48 bits: identifiers live above them.
    private const ulong IdentifierNamespace = 1UL << 63;
    private const int ExemptionsMax = 4_096;

    // The least of all times stands for none: a nullable number takes another word, and there is one of these to every account.
    private readonly long _createdAtMs = long.MinValue;

    public static RegistrationFacts Unknown { get; } = new();

    /// <summary>The account, as the registration spells it; empty where there is none.</summary>
    public string Account { get; private init; } = "";

    public ulong Organization { get; private init; }

    public long? CreatedAtMs
    {
        get => _createdAtMs == long.MinValue ? null : _createdAtMs;
        private init => _createdAtMs = value ?? long.MinValue;
    }

    /// <summary>Means of payment and e-mail pattern.</summary>
    public AccountIdentifiers Identifiers { get; private init; }

    public ulong EmailDomain { get; private init; }

    public bool Reseller => Terms is { Reseller: true };

    public long? MonthlyQuota => Terms?.MonthlyQuota;

    public IReadOnlyList<Attestation> Exemptions => Terms?.Exemptions ?? [];

    private RegistrationTerms? Terms { get; init; }

    public static RegistrationFacts Of(RegistrationRecord record)
    {
        Attestation[] exemptions = [.. record.Attestations.Where(attestation => attestation.Kind is "research" or "evaluation" or "authorised-training")];
        return new()
        {
            Account = record.Account,
            Organization = Hash(record.Organization, seed: 0),
            CreatedAtMs = record.CreatedAt?.ToUnixTimeMilliseconds(),
            Identifiers = new AccountIdentifiers(
                Identifier(Campaigns.GroupKind.Payment, record.Payment?.Fingerprint),
                Identifier(Campaigns.GroupKind.EmailPattern, EmailShape.Pattern(record.Email))),
            EmailDomain = Hash(EmailShape.Domain(record.Email), seed: 1),
            Terms = RegistrationTerms.Of(record.Reseller || record.Attestations.Any(attestation => attestation.Kind == "reseller"), record.MonthlyQuota, exemptions),
        };
    }

    /// <summary>The anchor of an identifier, above those of content; 0 for null.</summary>
    public static ulong Identifier(Campaigns.GroupKind kind, string? value) =>
        value is null ? 0 : (XxHash3.HashToUInt64(MemoryMarshal.AsBytes(value.AsSpan()), (long)kind) >> 2) | IdentifierNamespace;

    /// <summary>Writes the facts.</summary>
    public void Write(StateWriter into)
    {
        into.Text(Account);
        into.Word(Organization);
        into.Flag(CreatedAtMs is not null);
        into.Signed(CreatedAtMs ?? 0);
        into.Word(Identifiers.Payment);
        into.Word(Identifiers.EmailPattern);
        into.Word(EmailDomain);
        into.Flag(Reseller);
        into.Flag(MonthlyQuota is not null);
        into.Signed(MonthlyQuota ?? 0);
        into.Number((ulong)Exemptions.Count);
        foreach (var exemption in Exemptions)
        {
            AttestationState.Write(into, exemption);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RegistrationFacts Read(ref StateReader from)
    {
        var account = from.Text() ?? "";
        var organization = from.Word();
        long? created = from.Flag() ? from.Signed() : Skip(ref from);
        var identifiers = new AccountIdentifiers(from.Word(), from.Word());
        var domain = from.Word();
        var reseller = from.Flag();
        long? quota = from.Flag() ? from.Signed() : Skip(ref from);
        var exemptions = new Attestation[from.Count(ExemptionsMax)];
        for (var i = 0; i < exemptions.Length; i++)
        {
            exemptions[i] = AttestationState.Read(ref from);
        }

        return new()
        {
            Account = account,
            Organization = organization,
            CreatedAtMs = created,
            Identifiers = identifiers,
            EmailDomain = domain,
            Terms = RegistrationTerms.Of(reseller, quota, exemptions),
        };
    }

    private static long? Skip(ref StateReader from)
    {
        _ = from.Signed();
        return null;
    }

    private static ulong Hash(string? value, long seed) => value is null ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(value.AsSpan()), seed) | 1;
}
