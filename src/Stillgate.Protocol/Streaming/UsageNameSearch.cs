using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Stillgate.Protocol.Streaming;

/// <summary>
/// Looks for the name usage in a stream of which every event may say that its usage is null. A search for the name alone stops at each of them, a hundred
/// times in a stream of a hundred events; this one passes over them many bytes at a time.
/// </summary>
internal static class UsageNameSearch
{
    /// <summary>Bytes of the name with the quote behind it.</summary>
    public const int NameBytes = 6;

    // Not with the quote in front: quotes are what such text is full of.
    private static ReadOnlySpan<byte> Name => "usage\""u8;

    private static ReadOnlySpan<byte> Null => ":n"u8;

    /// <summary>Where the name stands without what begins null behind it, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var start = ref MemoryMarshal.GetReference(bytes);
            for (; at <= bytes.Length - Vector256<byte>.Count - (Name.Length + Null.Length - 1); at += Vector256<byte>.Count)
            {
                var found = At(ref start, at, (byte)'u') & At(ref start, at + 5, (byte)'"') & ~(At(ref start, at + 6, (byte)':') & At(ref start, at + 7, (byte)'n'));
                if (found == Vector256<byte>.Zero)
                {
                    continue;
                }

                for (var bits = found.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                {
                    var candidate = at + BitOperations.TrailingZeroCount(bits);
                    if (bytes[candidate..].StartsWith(Name))
                    {
                        return candidate;
                    }
                }
            }
        }

        for (int found; (found = bytes[at..].IndexOf(Name)) >= 0; at += Name.Length)
        {
            at += found;
            if (!bytes[(at + Name.Length)..].StartsWith(Null))
            {
                return at;
            }
        }

        return -1;
    }

    private static Vector256<byte> At(ref byte start, int at, byte value) => Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)at), Vector256.Create(value));
}
