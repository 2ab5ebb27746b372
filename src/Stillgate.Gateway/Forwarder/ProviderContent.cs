using System.Net;

namespace Stillgate.Gateway.Forwarder;

/// <summary>Puts another stream in the place of the provider's own content, whose headers have been copied to the client by then.</summary>
internal abstract class ProviderContent(HttpContent original) : HttpContent
{
    private readonly HttpContent _original = original;

    /// <summary>What is read instead of the provider's stream.</summary>
    protected abstract Stream Wrap(Stream inner);

    // The runtime's content hands out its stream without a wait, whichever way it is asked; asked for a task, it would make one.
    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => Wrap(_original.ReadAsStream(cancellationToken));

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => Task.FromResult(CreateContentReadStream(cancellationToken));

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
