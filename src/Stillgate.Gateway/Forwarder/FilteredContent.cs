namespace Stillgate.Gateway.Forwarder;

/// <summary>The answer without what a control keeps back.</summary>
internal sealed class FilteredContent(HttpContent original, Func<Stream, Stream> filter) : ProviderContent(original)
{
    protected override Stream Wrap(Stream inner) => filter(inner);
}
