using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Identities;

/// <summary>What is already decided about an account before its identity is drawn; null leaves a member to chance.</summary>
internal sealed record IdentityRequest
{
    public bool IsCompany { get; init; }

    public string? Organization { get; init; }

    public string? Domain { get; init; }

    public bool ThrowAwayEmail { get; init; }

    public string? PaymentFingerprint { get; init; }

    /// <summary>No payment on file, as on a free or a sponsored plan.</summary>
    public bool NoPayment { get; init; }

    public string? Bin { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public IReadOnlyList<string>? Addresses { get; init; }

    public ClientSoftware? Software { get; init; }

    public string? Plan { get; init; }

    public IReadOnlyList<Attestation> Attestations { get; init; } = [];

    public bool Reseller { get; init; }

    public ModelHabit? Models { get; init; }
}
