using Stillgate.Protocol.Errors;

namespace Stillgate.Gateway.Routing;

/// <summary>An endpoint that the gateway serves.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The whole path.</param>
/// <param name="Dialect">The dialect of its exchanges.</param>
/// <param name="Shape">Whose error bodies its clients expect.</param>
internal sealed record GatewayEndpoint(string Method, string Path, string Dialect, ErrorShape Shape);
