using System.Buffers;
using Stillgate.Protocol.Responses;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// Sees the bytes of an answer on their way to the client and learns from them what the record needs. It changes nothing, never
/// waits, and holds at most one event of a stream or one body up to <see cref="BodyBytesMax"/>.
/// </summary>
internal sealed class ResponseTap(ResponseAccumulator accumulator, bool isStream) : IDisposable
{
    /// <summary>Largest JSON body that is read for the record; a longer one passes and is recorded without its text.</summary>
    public const int BodyBytesMax = 32 << 20;

    private readonly SseParser? _parser = isStream ? new SseParser() : null;
    private byte[] _body = [];
    private int _bodyLength;
    private bool _bodyTooLong;

    public ResponseAccumulator Accumulator => accumulator;

    public bool IsStream => isStream;

    public bool IsMidEvent => _parser?.IsMidEvent == true;

    public bool IsCut => accumulator.IsCut || _bodyTooLong;

    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_parser is null)
        {
            TakeBodyPart(bytes);
            return;
        }

        while (_parser.TryRead(ref bytes, out var sse))
        {
            accumulator.TakeEvent(sse);
        }
    }

    /// <summary>The provider has sent everything.</summary>
    public void End()
    {
        if (_parser is not null)
        {
            if (_parser.TryEnd(out var sse))
            {
                accumulator.TakeEvent(sse);
            }
        }
        else if (!_bodyTooLong)
        {
            accumulator.TakeBody(_body.AsSpan(0, _bodyLength));
        }
    }

    public void Dispose()
    {
        if (_body.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_body);
            _body = [];
        }
    }

    private void TakeBodyPart(ReadOnlySpan<byte> bytes)
    {
        if (_bodyTooLong || _bodyLength + bytes.Length > BodyBytesMax)
        {
            _bodyTooLong = true;
            return;
        }

        if (_bodyLength + bytes.Length > _body.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(4096, Math.Max(_bodyLength + bytes.Length, _body.Length * 2)));
            _body.AsSpan(0, _bodyLength).CopyTo(larger);
            Dispose();
            _body = larger;
        }

        bytes.CopyTo(_body.AsSpan(_bodyLength));
        _bodyLength += bytes.Length;
    }
}
