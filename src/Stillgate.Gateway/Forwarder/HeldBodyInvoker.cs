namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// The way to the providers for one request: puts its <see cref="HeldBody"/> in the place of the forwarder's content. It does so here, behind the
/// forwarder, because the forwarder refuses a request whose content was replaced before.
/// </summary>
/// <param name="connections">The pool, which stays open.</param>
/// <param name="body">The request's body.</param>
internal sealed class HeldBodyInvoker(HttpMessageHandler connections, HeldBody body) : HttpMessageInvoker(connections, disposeHandler: false)
{
    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content = body;
        return base.SendAsync(request, cancellationToken);
    }
}
