using System.Net;

namespace Stillgate.Gateway.Forwarder;

/// <summary>Puts a <see cref="ProviderStream"/> in the place of the provider's own content, whose headers have been copied to the client by then.</summary>
internal sealed class ProviderContent(HttpContent original, Func<Stream, Stream> wrap) : HttpContent
{
    private readonly HttpContent _original = original;
    private readonly Func<Stream, Stream> _wrap = wrap;

    protected override async Task<Stream> CreateContentReadStreamAsync() => _wrap(await _original.ReadAsStreamAsync());

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        _wrap(await _original.ReadAsStreamAsync(cancellationToken));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        throw new NotSupportedException("The answer is read as a stream.");

    protected override bool TryComputeLength(out long length)
    {
        length = _original.Headers.ContentLength ?? 0;
        return _original.Headers.ContentLength.HasValue;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _original.Dispose();
        }

        base.Dispose(disposing);
    }
}
