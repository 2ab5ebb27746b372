using System.Buffers;
using Stillgate.Protocol.Responses;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// Keeps a copy of an answer's bytes on their way to the client and learns from them what the record needs, later: while the bytes
/// pass they are only copied, and the recorder's worker reads them once the exchange is over. A stream is read early, a piece at a time, when
/// <see cref="UnreadBytesMax"/> of it have gathered, so that a long one holds no more than that; where it trickles, already when
/// <see cref="TrickleBytesMax"/> have. Events that differ from one before in their text alone, as most of a stream do, are not copied at all: to tell them costs
/// less than their copy, and of them only the text is kept (docs/decisions/0076). It changes nothing and never waits.
/// </summary>
/// <remarks>Used by the request until it has ended and by the worker from then on, never by both.</remarks>
internal sealed class ResponseTap(ResponseAccumulator accumulator, bool isStream) : IDisposable
{
    /// <summary>Largest JSON body that is read for the record; a longer one passes and is recorded without its text.</summary>
    public const int BodyBytesMax = 32 << 20;

    /// <summary>Most bytes of a stream that wait to be read.</summary>
    public const int UnreadBytesMax = 32 << 10;

    /// <summary>Most bytes of a stream that comes in small pieces that wait to be read.</summary>
    public const int TrickleBytesMax = FirstBytes;

    private const int FirstBytes = 2048;

    // Until the usual event is known a stream's first few are read as they pass, short ones only.
    private const int EventsReadFirst = 8;

    // A piece as long as this belongs to an answer that comes flat out. Shorter ones trickle, from many providers at once, and what has gathered of them is read
    // as soon as it fills the first bytes: ten thousand arrays that grow together are what the collector then has to move (docs/decisions/0062).
    private const int LongPieceBytesMin = FirstBytes / 2;

    // The shared pool keeps a few dozen of each size for a core, and more answers than that wait to be read when the gateway is busy: then each would
    // cost a new array. This one keeps 31 MiB at most, and only what was needed at once.
    private static readonly ArrayPool<byte> StreamPool = ArrayPool<byte>.Create(UnreadBytesMax, maxArraysPerBucket: 512);
    private readonly SseParser? _parser = isStream ? new SseParser() : null;
    private byte[] _bytes = [];
    private int _length;
    private int _firstEventsLeft = EventsReadFirst;
    private bool _bodyTooLong;
    private bool _isWhole;

    /// <summary>What was learnt. Whole only after <see cref="Read"/>.</summary>
    public ResponseAccumulator Accumulator => accumulator;

    public bool IsStream => isStream;

    /// <summary>Bytes of copies that are held.</summary>
    public int HeldBytes => _bytes.Length;

    public bool IsCut => accumulator.IsCut || _bodyTooLong;

    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_parser is not null && _length == 0)
        {
            TakeKnown(ref bytes);
            if (bytes.IsEmpty)
            {
                return;
            }
        }

        if (_parser is null)
        {
            if (_bodyTooLong || _length + bytes.Length > BodyBytesMax)
            {
                _bodyTooLong = true;
                return;
            }
        }
        else if (_length + bytes.Length > (bytes.Length < LongPieceBytesMin ? TrickleBytesMax : UnreadBytesMax))
        {
            ReadEvents();
            if (bytes.Length > UnreadBytesMax)
            {
                Parse(bytes);
                return;
            }
        }

        MakeRoom(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>The provider has sent everything.</summary>
    public void End() => _isWhole = true;

    /// <summary>Whether the stream that has ended was whole, or said itself that it failed.</summary>
    public bool EndedWhole()
    {
        if (accumulator.EndsWhole(_bytes.AsSpan(0, _length)))
        {
            return true;
        }

        Read();
        return accumulator.IsComplete || accumulator.HasError;
    }

    /// <summary>Whether the bytes so far end within an event.</summary>
    public bool IsMidEvent()
    {
        ReadEvents();
        return _parser?.IsMidEvent == true;
    }

    /// <summary>Reads what has not been read yet.</summary>
    public void Read()
    {
        if (_parser is not null)
        {
            ReadEvents();
            if (_isWhole && _parser.TryEnd(out var sse))
            {
                accumulator.TakeEvent(sse);
            }
        }
        else if (_isWhole && !_bodyTooLong)
        {
            accumulator.TakeBody(_bytes.AsSpan(0, _length));
        }

        _isWhole = false;
    }

    public void Dispose()
    {
        var bytes = _bytes;
        (_bytes, _length) = ([], 0);
        Return(bytes);
    }

    private static ArrayPool<byte> PoolOf(int length) => length <= UnreadBytesMax ? StreamPool : ArrayPool<byte>.Shared;

    private static void Return(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            PoolOf(bytes.Length).Return(bytes);
        }
    }

    private void ReadEvents()
    {
        if (_parser is not null)
        {
            Parse(_bytes.AsSpan(0, _length));
            _length = 0;
        }
    }

    private void Parse(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var isStart = _parser!.IsBetweenEvents;
            if (isStart && accumulator.TryTakeBlock(ref bytes))
            {
                continue;
            }

            var block = bytes;
            if (!_parser.TryRead(ref bytes, out var sse))
            {
                return;
            }

            accumulator.TakeEvent(sse, isStart ? block[..^bytes.Length] : default);
        }
    }

    /// <summary>Takes whole events that are known, and gets to know the usual one. What is left, if anything, has to be copied.</summary>
    private void TakeKnown(ref ReadOnlySpan<byte> bytes)
    {
        if (!_parser!.IsBetweenEvents)
        {
            // The last piece ended within an event.
            var end = EndOfEvent(bytes);
            if (!accumulator.KnowsBlock || end < 0)
            {
                return;
            }

            Parse(bytes[..end]);
            bytes = bytes[end..];
        }

        while (!bytes.IsEmpty)
        {
            if (accumulator.TryTakeBlock(ref bytes))
            {
                continue;
            }

            var end = EndOfEvent(bytes);
            if (end < 0 && accumulator.KnowsBlock && bytes.Length < FirstBytes)
            {
                // The beginning of one: the parser keeps it until the rest comes.
                end = bytes.Length;
            }
            else if (end < 0 || accumulator.KnowsBlock || _firstEventsLeft-- <= 0)
            {
                return;
            }

            Parse(bytes[..end]);
            bytes = bytes[end..];
        }
    }

    /// <summary>Where the first event ends, if it is short; otherwise -1.</summary>
    private static int EndOfEvent(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[..Math.Min(bytes.Length, FirstBytes)];
        if (first.IndexOf("\n\n"u8) is var line and >= 0)
        {
            return line + 2;
        }

        return first.IndexOf("\r\n\r\n"u8) is var other and >= 0 ? other + 4 : -1;
    }

    private void MakeRoom(int more)
    {
        if (_length + more > _bytes.Length)
        {
            var wanted = Math.Max(FirstBytes, Math.Max(_length + more, _bytes.Length * 2));
            var larger = PoolOf(wanted).Rent(wanted);
            _bytes.AsSpan(0, _length).CopyTo(larger);
            Return(_bytes);
            _bytes = larger;
        }
    }
}
