namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Leaves content out and puts nothing in its place: what is used where no content is kept and no sketch is wanted.</summary>
public sealed class ContentRemover : IRecordTransform
{
    /// <inheritdoc/>
    public ExchangeRecord Transform(ExchangeRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record with
        {
            Request = record.Request with { Messages = null },
            Response = record.Response is { } response ? response with { Text = null, Reasoning = null } : null,
        };
    }
}
