namespace Stillgate.Gateway.Clients;

/// <summary>What the ClientHello of a connection showed. Set on the connection by the host that listens with TLS; every request on it sees it.</summary>
/// <param name="Ja4">The fingerprint of the client's TLS library.</param>
public sealed record TlsClientFeature(string Ja4);
