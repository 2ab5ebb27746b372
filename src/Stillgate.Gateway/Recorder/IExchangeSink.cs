using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Gateway.Recorder;

/// <summary>Where the gateway puts its records. It never waits here: a sink takes a record at once or not at all.</summary>
public interface IExchangeSink
{
    /// <summary>Whether a record would be taken now. Asked only where the operator made recording a condition of serving.</summary>
    bool IsAccepting { get; }

    /// <summary>Gives a record.</summary>
    /// <param name="record">The record, content included.</param>
    /// <returns>False where it was dropped; the sink has counted it.</returns>
    bool TryWrite(ExchangeRecord record);
}
