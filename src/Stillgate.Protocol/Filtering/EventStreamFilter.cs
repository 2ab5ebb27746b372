using System.Buffers;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// Sends a stream through an <see cref="AnswerFilter"/> event by event, whatever the chunks. It holds back only the event that is
/// not whole yet, at most <see cref="SseParser.EventBytesMax"/>; events that the filter does not concern keep their bytes.
/// </summary>
/// <remarks>Not safe for use by two threads at once.</remarks>
public sealed class EventStreamFilter
{
    private readonly AnswerFilter _filter;
    private readonly int _eventBytesMax;
    private readonly GrowingBytes _held = new();
    private readonly SseParser _parser;
    private bool _isLineEmpty = true;

    /// <summary>Creates the filter of one stream.</summary>
    /// <param name="filter">The exchange's filter.</param>
    public EventStreamFilter(AnswerFilter filter)
        : this(filter, SseParser.EventBytesMax)
    {
    }

    internal EventStreamFilter(AnswerFilter filter, int eventBytesMax)
    {
        (_filter, _eventBytesMax) = (filter, eventBytesMax);
        _parser = new SseParser(eventBytesMax);
    }

    /// <summary>Takes the next bytes of the stream.</summary>
    /// <param name="bytes">As the provider sent them.</param>
    /// <param name="into">Receives what the client gets, in whole events.</param>
    /// <exception cref="AnswerFilterException">An event cannot be read, or is too long to be held.</exception>
    public void Take(ReadOnlySpan<byte> bytes, IBufferWriter<byte> into)
    {
        while (!bytes.IsEmpty)
        {
            var lineEnd = bytes.IndexOf((byte)'\n');
            var part = lineEnd < 0 ? bytes : bytes[..(lineEnd + 1)];
            bytes = bytes[part.Length..];

            // A line of nothing but a carriage return is empty too, and its two bytes may come apart.
            _isLineEmpty &= part.Trim("\r\n"u8).IsEmpty;
            if (_held.Length + part.Length > _eventBytesMax)
            {
                throw new AnswerFilterException("An event of the answer is too long to be read.");
            }

            _held.Append(part);
            if (lineEnd < 0)
            {
                continue;
            }

            if (_isLineEmpty)
            {
                EndEvent(into, isWhole: true);
            }

            _isLineEmpty = true;
        }
    }

    /// <summary>The stream has ended: what is held is an event that lacks its empty line, or nothing.</summary>
    /// <param name="into">Receives what the client gets of it.</param>
    /// <exception cref="AnswerFilterException">The event cannot be read.</exception>
    public void End(IBufferWriter<byte> into) => EndEvent(into, isWhole: false);

    private void EndEvent(IBufferWriter<byte> into, bool isWhole)
    {
        var block = _held.Span;
        if (block.IsEmpty)
        {
            return;
        }

        if (!_filter.Concerns(block) || !TakeEvents(block, into, isWhole))
        {
            into.Write(block);
        }

        _held.Clear();
    }

    /// <summary>False where all events of the block pass as they came: then its bytes do.</summary>
    private bool TakeEvents(ReadOnlySpan<byte> block, IBufferWriter<byte> into, bool isWhole)
    {
        // A carriage return alone ends a line too, so a block may hold several events; what the filter writes is buffered until it
        // is known whether any of them changes.
        var written = new ArrayBufferWriter<byte>();
        var isChanged = false;
        while (_parser.TryRead(ref block, out var sse) || (!isWhole && _parser.TryEnd(out sse)))
        {
            if (_filter.TakeEvent(sse, written))
            {
                AnswerFilter.WriteEvent(sse.Type, sse.Data, written);
            }
            else
            {
                isChanged = true;
            }
        }

        if (isChanged)
        {
            into.Write(written.WrittenSpan);
        }

        return isChanged;
    }
}
