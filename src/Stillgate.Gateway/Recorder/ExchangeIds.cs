using System.Globalization;

namespace Stillgate.Gateway.Recorder;

/// <summary>Gives ids that are unique in a log: a part that is drawn once for each process, and a count.</summary>
/// <param name="processPart">8 hexadecimal characters that no other process of this log has.</param>
internal sealed class ExchangeIds(string processPart)
{
    private long _count;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"x-{processPart}-{Interlocked.Increment(ref _count):x6}");
}
