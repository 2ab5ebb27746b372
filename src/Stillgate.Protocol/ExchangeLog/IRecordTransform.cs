namespace Stillgate.Protocol.ExchangeLog;

/// <summary>
/// Turns a record with content into what may be written down: where the operator keeps no content, into one with a sketch in its
/// place. Called by one thread, off the live path.
/// </summary>
public interface IRecordTransform
{
    /// <summary>Transforms a record.</summary>
    /// <param name="record">The record as the gateway made it, content included.</param>
    /// <returns>The record to write and to show to observers.</returns>
    ExchangeRecord Transform(ExchangeRecord record);
}
