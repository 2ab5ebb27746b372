using System.Buffers.Binary;
using System.Text;

namespace Stillgate.Detection.State;

/// <summary>
/// Packs state into bytes: small numbers into few of them, everything else as it is, so that <see cref="StateReader"/> gives back exactly
/// what was written. Reused: <see cref="Clear"/> keeps the buffer.
/// </summary>
internal sealed class StateWriter
{
    private byte[] _bytes = new byte[4_096];
    private int _used;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _used);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _used);

    public int Length => _used;

    public void Clear() => _used = 0;

    /// <summary>A number that is mostly small: seven bits a byte.</summary>
    public void Number(ulong value)
    {
        Room(10);
        while (value >= 0x80)
        {
            _bytes[_used++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_used++] = (byte)value;
    }

    /// <summary>A number of either sign that is mostly small.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Flag(bool value) => Number(value ? 1u : 0u);

    public void Byte(byte value)
    {
        Room(1);
        _bytes[_used++] = value;
    }

    /// <summary>Numbers of which most are 0, none negative: a bit for each that is not, then those.</summary>
    public void Sparse(ReadOnlySpan<int> numbers)
    {
        ulong used = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            used |= numbers[i] != 0 ? 1UL << i : 0;
        }

        Number(used);
        foreach (var number in numbers)
        {
            if (number != 0)
            {
                Number((ulong)number);
            }
        }
    }

    /// <summary>Eight bytes, for hashes.</summary>
    public void Word(ulong value)
    {
        Room(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_used), value);
        _used += sizeof(ulong);
    }

    /// <summary>Six bytes, for hashes of 48 bits.</summary>
    public void Word48(ulong value)
    {
        Room(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_used), value);
        _used += 6;
    }

    /// <summary>Bytes with their length before them.</summary>
    public static int PrefixedLength(int length) => length + 1 + (length >= 1 << 7 ? 1 : 0) + (length >= 1 << 14 ? 1 : 0) + (length >= 1 << 21 ? 1 : 0) + (length >= 1 << 28 ? 1 : 0);

    /// <summary>Writes bytes with their length, as a number, before them.</summary>
    /// <param name="into">Room for <see cref="PrefixedLength"/>.</param>
    /// <param name="bytes">The bytes.</param>
    public static void Prefix(Span<byte> into, ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        var length = (uint)bytes.Length;
        for (; length >= 0x80; length >>= 7)
        {
            into[at++] = (byte)(length | 0x80);
        }

        into[at++] = (byte)length;
        bytes.CopyTo(into[at..]);
    }

    public void Double(double value) => Word(BitConverter.DoubleToUInt64Bits(value));

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Room(value.Length);
        value.CopyTo(_bytes.AsSpan(_used));
        _used += value.Length;
    }

    /// <summary>A text, or null.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Number(0);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Number((ulong)length + 1);
        Room(length);
        _used += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_used));
    }

    private void Room(int more)
    {
        if (_used + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + more));
        }
    }
}
