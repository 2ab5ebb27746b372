using System.Buffers.Binary;
using System.IO.Hashing;

namespace Stillgate.Detection.State;

/// <summary>Reads what <see cref="SectionWriter"/> wrote.</summary>
internal sealed class SectionReader(Stream stream)
{
    // The filter of repeats is the largest: some 40 MiB at the usual size.
    private const int LengthMax = 1 << 30;

    private byte[] _content = [];
    private int _length;

    /// <summary>Kind of the section that was read last.</summary>
    public SectionKind Kind { get; private set; }

    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <summary>Reads the next section.</summary>
    /// <exception cref="StateFormatException">The file ends, or the section is not what was written.</exception>
    public void Next()
    {
        Span<byte> head = stackalloc byte[SectionWriter.HeadBytes];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            throw new StateFormatException("it ends before its last section");
        }

        Kind = (SectionKind)BinaryPrimitives.ReadInt32LittleEndian(head);
        _length = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        if (_length is < 0 or > LengthMax)
        {
            throw new StateFormatException($"a section has the impossible length {_length}");
        }

        if (_content.Length < _length)
        {
            _content = new byte[_length];
        }

        if (stream.ReadAtLeast(_content.AsSpan(0, _length), _length, throwOnEndOfStream: false) < _length)
        {
            throw new StateFormatException("it ends within a section");
        }

        if (XxHash3.HashToUInt64(Content, (long)Kind) != BinaryPrimitives.ReadUInt64LittleEndian(head[8..]))
        {
            throw new StateFormatException($"the section {Kind} is damaged");
        }
    }

    /// <summary>Reads the next section, which must be of a kind.</summary>
    public void Expect(SectionKind kind)
    {
        Next();
        if (Kind != kind)
        {
            throw new StateFormatException($"expected the section {kind}, found {Kind}");
        }
    }

    /// <summary>Reads the next section, which must be of a kind, and opens its content.</summary>
    public StateReader Open(SectionKind kind)
    {
        Expect(kind);
        return new StateReader(Content);
    }
}
