namespace Stillgate.Protocol.ExchangeLog;

/// <summary>
/// Sees each exchange in the order in which records left the queue. Called by one thread, off the live path: a slow observer fills
/// the queue, whose overflow is dropped and counted, and never slows the gateway.
/// </summary>
public interface IExchangeObserver
{
    /// <summary>Takes a record.</summary>
    /// <param name="record">The record as it is written to the log: transformed where content is not kept, so that a live
    /// analysis sees what a replay of the log sees.</param>
    void OnExchange(ExchangeRecord record);
}
