using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Stillgate.Gateway.Forwarder;

/// <summary>A provider as one configuration names it, and how it has been doing.</summary>
internal sealed class ProviderState(ProviderOptions options, ProviderHealth health)
{
    public const int FailuresMax = ProviderHealth.FailuresMax;

    // At most one for each endpoint whose path names no model.
    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);

    public ProviderOptions Options => options;

    public ProviderHealth Health => health;

    public bool IsResting => health.IsResting;

    public bool IsSame(ProviderOptions other) => options.Name == other.Name && options.Address == other.Address;

    /// <summary>The whole address of a request. Where it is the same for every request of an endpoint it is made once: the pool of connections asks it for its host each time.</summary>
    public Uri AddressOf(GatewayEndpoint endpoint, HttpRequest request)
    {
        var query = QueryPolicy.Clean(request.QueryString);
        return endpoint.Suffix is null && !query.HasValue
            ? _addresses.GetOrAdd(endpoint.Path, static (path, prefix) => Make(prefix, path, default), options.Address)
            : Make(options.Address, request.Path, query);
    }

    public void Succeeded() => health.Succeeded();

    public void Failed() => health.Failed();

    private static Uri Make(Uri prefix, PathString path, QueryString query) => RequestUtilities.MakeDestinationAddress(prefix.AbsoluteUri, path, query);
}
