namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Means of payment, as fingerprints.</summary>
public sealed record PaymentEvidence
{
    /// <summary>Fingerprint of the instrument, as the payment processor gives it.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>First six digits of the card.</summary>
    public string? Bin { get; init; }

    /// <summary>Country of the instrument, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }
}
