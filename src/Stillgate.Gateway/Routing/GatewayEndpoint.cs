using Stillgate.Protocol.Errors;

namespace Stillgate.Gateway.Routing;

/// <summary>An endpoint that the gateway serves.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The whole path, or the start of it where <see cref="Suffix"/> stands after a model's name.</param>
/// <param name="Dialect">The dialect of its exchanges.</param>
/// <param name="ProviderDialect">The dialect that a provider must serve to get them.</param>
/// <param name="Shape">Whose error bodies its clients expect.</param>
internal sealed record GatewayEndpoint(string Method, string Path, string Dialect, string ProviderDialect, ErrorShape Shape)
{
    /// <summary>What follows the model's name in the path, such as <c>:generateContent</c>; null where the path holds no model.</summary>
    public string? Suffix { get; init; }

    /// <summary>Whether the path asks for a stream.</summary>
    public bool IsStream { get; init; }

    /// <summary>The operator's entry that lets the path pass unread; null for an endpoint that is served.</summary>
    public string? PassThrough { get; init; }

    /// <summary>Whether a request has a body that names or feeds a model.</summary>
    public bool HasBody => Method == "POST" && PassThrough is null;

    /// <summary>The header that must be there, where two vendors use one path; null for none.</summary>
    public string? Header { get; init; }
}
