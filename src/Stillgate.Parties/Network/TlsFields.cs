using System.Buffers.Binary;

namespace Stillgate.Parties.Network;

/// <summary>
/// Reads the fields of a TLS structure one after the other. Once a field is longer than what is left, everything after it reads as empty and <see cref="IsGood"/> is false, so
/// a caller asks once, at the end.
/// </summary>
internal ref struct TlsFields(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public bool IsGood { get; private set; } = true;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest() => _rest;

    public ushort Number()
    {
        var field = Take(sizeof(ushort));
        return field.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(field);
    }

    public void Skip(int count) => Take(count);

    /// <summary>A field that states its length in one byte.</summary>
    public TlsFields Block8()
    {
        var length = Take(1);
        return Block(length.IsEmpty ? 0 : length[0]);
    }

    /// <summary>A field that states its length in two bytes.</summary>
    public TlsFields Block16() => Block(Number());

    /// <summary>All that is left as numbers of two bytes; an odd byte at the end makes the field bad and the list empty.</summary>
    public ushort[] Numbers()
    {
        if (_rest.Length % sizeof(ushort) != 0)
        {
            return [];
        }

        var numbers = new ushort[_rest.Length / sizeof(ushort)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number();
        }

        return numbers;
    }

    private TlsFields Block(int length) => new(Take(length)) { IsGood = IsGood };

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            _rest = default;
            IsGood = false;
            return default;
        }

        var field = _rest[..count];
        _rest = _rest[count..];
        return field;
    }
}
