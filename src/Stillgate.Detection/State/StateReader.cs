using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Stillgate.Detection.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote, in the same order.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool IsAtEnd => _at == _bytes.Length;

    /// <summary>What <see cref="StateWriter.Prefix"/> wrote at the beginning of some bytes.</summary>
    public static ReadOnlySpan<byte> Prefixed(ReadOnlySpan<byte> bytes)
    {
        var from = new StateReader(bytes);
        return from.Take(from.Count(int.MaxValue));
    }

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new StateFormatException("a number is longer than ten bytes");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number of things that are to follow: bounded, so that a bad file asks for no memory.</summary>
    public int Count(int most)
    {
        var value = Number();
        return value <= (ulong)most ? (int)value : throw new StateFormatException($"expected at most {most} of something, found {value}");
    }

    /// <summary>Numbers of which most are 0.</summary>
    /// <exception cref="StateFormatException">There are more than <paramref name="into"/> has room for.</exception>
    public void Sparse(scoped Span<int> into)
    {
        into.Clear();
        for (var used = Number(); used != 0; used &= used - 1)
        {
            var index = BitOperations.TrailingZeroCount(used);
            into[index < into.Length ? index : throw new StateFormatException("a counter that this build does not know")] = Count(int.MaxValue);
        }
    }

    public bool Flag() => Number() != 0;

    public ulong Word() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public ulong Word48()
    {
        var bytes = Take(6);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) << 32);
    }

    public double Double() => BitConverter.UInt64BitsToDouble(Word());

    public ReadOnlySpan<byte> Bytes(int length) => Take(length);

    public string? Text()
    {
        var length = Count(1 << 24);
        return length == 0 ? null : Encoding.UTF8.GetString(Take(length - 1));
    }

    /// <summary>A text that is often one that the caller has already: that is given back, and no other made.</summary>
    public string? Text(string known)
    {
        var length = Count(1 << 24);
        if (length == 0)
        {
            return null;
        }

        var bytes = Take(length - 1);
        return Ascii.Equals(bytes, known) ? known : Encoding.UTF8.GetString(bytes);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _bytes.Length - _at)
        {
            throw new StateFormatException("the state ends too early");
        }

        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }
}
