namespace Stillgate.Protocol.Streaming;

/// <summary>One server-sent event. The spans are valid until the parser is called again.</summary>
public readonly ref struct SseEvent
{
    internal SseEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body, bool oversized)
    {
        Type = type;
        Data = body;
        Oversized = oversized;
    }

    /// <summary>The <c>event:</c> field, UTF-8; empty where the event has none.</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>The <c>data:</c> lines joined by a line feed, UTF-8. Empty where the event was <see cref="Oversized"/>.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Whether the event was longer than the parser's bound, so that its data was not kept.</summary>
    public bool Oversized { get; }
}
