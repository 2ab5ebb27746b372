namespace Stillgate.Protocol.Streaming;

/// <summary>Bytes that are gathered, read and cleared again and again; memory is kept between uses.</summary>
internal sealed class GrowingBytes
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Append(ReadOnlySpan<byte> part)
    {
        var needed = Length + part.Length;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, Math.Max(256, _bytes.Length * 2)));
        }

        part.CopyTo(_bytes.AsSpan(Length));
        Length = needed;
    }
}
