namespace Stillgate.Gateway.Clients;

/// <summary>The header in which the operator's proxies say whom they forward for. One alone is read: a proxy that writes one lets the other through as the client sent it.</summary>
public enum ProxyHeader
{
    /// <summary><c>X-Forwarded-For</c>, as most proxies write it.</summary>
    XForwardedFor,

    /// <summary><c>Forwarded</c> (RFC 7239).</summary>
    Forwarded,
}
