namespace Stillgate.Protocol.ExchangeLog;

/// <summary>What the connection showed of the client. Each member may be missing.</summary>
public sealed record ClientEvidence
{
    /// <summary>Address in text form.</summary>
    public string? Ip { get; init; }

    /// <summary>JA4 of the ClientHello.</summary>
    public string? Tls { get; init; }

    /// <summary>The User-Agent header.</summary>
    public string? UserAgent { get; init; }
}
