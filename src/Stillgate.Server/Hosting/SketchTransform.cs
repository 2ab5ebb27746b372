using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Hosting;

/// <summary>Puts a keyed sketch in the place of content, so that the log holds none and can still be analysed.</summary>
/// <param name="key">The key of the sketches.</param>
internal sealed class SketchTransform(SketchKey key) : IRecordTransform, IDisposable
{
    // Used by the recorder's one thread.
    private readonly ExchangeSketcher _sketcher = new(key);

    /// <inheritdoc/>
    public ExchangeRecord Transform(ExchangeRecord record) => _sketcher.WithoutContent(record);

    /// <inheritdoc/>
    public void Dispose() => _sketcher.Dispose();
}
