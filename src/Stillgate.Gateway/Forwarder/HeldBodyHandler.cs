namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// Puts the <see cref="HeldBody"/> of a request in the place of the forwarder's content. It does so here, behind the forwarder, because the
/// forwarder refuses a request whose content was replaced before.
/// </summary>
internal sealed class HeldBodyHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(HeldBody.Key, out var body))
        {
            request.Content = body;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
