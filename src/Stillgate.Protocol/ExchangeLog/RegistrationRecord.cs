using System.Text.Json;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>What the operator knows of an account: a line of the registrations file, version 1. Everything but the account may be missing.</summary>
public sealed record RegistrationRecord
{
    /// <summary>The account; joins with <see cref="ExchangeRecord.Account"/>.</summary>
    public required string Account { get; init; }

    /// <summary>The legal customer.</summary>
    public string? Organization { get; init; }

    /// <summary>When the account was opened.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Name as registered.</summary>
    public string? Name { get; init; }

    /// <summary>E-mail address as registered.</summary>
    public string? Email { get; init; }

    /// <summary>Telephone number as registered.</summary>
    public string? Phone { get; init; }

    /// <summary>Means of payment.</summary>
    public PaymentEvidence? Payment { get; init; }

    /// <summary>Country of the registered address, ISO 3166-1 alpha-2.</summary>
    public string? AddressCountry { get; init; }

    /// <summary>The plan's name.</summary>
    public string? Plan { get; init; }

    /// <summary>Tokens a month that the plan allows.</summary>
    public long? MonthlyQuota { get; init; }

    /// <summary>Attestations on file.</summary>
    public IReadOnlyList<Attestation> Attestations { get; init; } = [];

    /// <summary>Whether the account is a declared reseller.</summary>
    public bool Reseller { get; init; }

    /// <summary>Members of the line that this build does not know.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Unknown { get; init; }
}
