using System.Net;

namespace Stillgate.Gateway.Clients;

/// <summary>Where a client connects from.</summary>
/// <param name="Address">Its address, never in IPv6 where it is of IPv4; null where it is not known.</param>
/// <param name="Tls">JA4 of its ClientHello; null where the connection is not encrypted, or is a proxy's and so shows nothing of the client.</param>
internal readonly record struct ClientConnection(IPAddress? Address, string? Tls);
