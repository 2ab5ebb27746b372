using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Stillgate.Server.Hosting.Ledgers;

/// <summary>How entries of a ledger stand in a file: a head, and blocks that are each found and checked by themselves (docs/formats/ledgers.md).</summary>
internal static class LedgerFormat
{
    public const int Version = 1;

    public const int HeadBytes = 48;

    public const int BlockHeadBytes = 32;

    /// <summary>Most entries of a block: what one bad sector may cost.</summary>
    public const int BlockEntriesMax = 4096;

    private const int HashBytes = 16;

    // No calendar says so for some thousand years: one beyond it is no beginning, and the next could not be told from it.
    private const long BeganMsMax = 1L << 47;

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "stillgate ledger"u8;

    /// <summary>What a block begins with: behind damage, the next is looked for by it.</summary>
    public static ReadOnlySpan<byte> Marker => "\nsgblock"u8;

    public static byte[] Head(int entryBytes, DateTimeOffset beganAt)
    {
        var head = new byte[HeadBytes];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(16), Version);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(20), entryBytes);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(24), beganAt.ToUnixTimeMilliseconds());
        Hash([], head.AsSpan(0, 32), head.AsSpan(32));
        return head;
    }

    public static byte[] BlockHead(int entryCount, ReadOnlySpan<byte> entries)
    {
        var head = new byte[BlockHeadBytes];
        Marker.CopyTo(head);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8), entryCount);
        Hash(head.AsSpan(0, 16), entries, head.AsSpan(16));
        return head;
    }

    /// <summary>Reads a file's head.</summary>
    /// <returns>When its generation began.</returns>
    /// <exception cref="InvalidDataException">It is not the head of such a file.</exception>
    public static DateTimeOffset ReadHead(ReadOnlySpan<byte> bytes, int entryBytes)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        if (bytes.Length < HeadBytes || !bytes.StartsWith(Magic))
        {
            throw new InvalidDataException("it does not begin as a ledger does");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]) is var version && version != Version)
        {
            throw new InvalidDataException($"it is of version {version}, and this build reads {Version}");
        }

        Hash([], bytes[..32], hash);
        var began = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]);
        return hash.SequenceEqual(bytes[32..HeadBytes]) && BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]) == entryBytes && began is >= 0 and <= BeganMsMax
            ? DateTimeOffset.FromUnixTimeMilliseconds(began)
            : throw new InvalidDataException("its head is damaged");
    }

    /// <summary>The entries of the block that the bytes begin with; empty where they begin with none, or a damaged one.</summary>
    public static ReadOnlySpan<byte> ReadBlock(ReadOnlySpan<byte> bytes, int entryBytes)
    {
        var count = bytes.Length >= BlockHeadBytes && bytes.StartsWith(Marker) ? BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]) : 0;
        if (count is < 1 or > BlockEntriesMax || bytes.Length < BlockHeadBytes + (count * entryBytes))
        {
            return [];
        }

        Span<byte> hash = stackalloc byte[HashBytes];
        var entries = bytes.Slice(BlockHeadBytes, (int)count * entryBytes);
        Hash(bytes[..16], entries, hash);
        return hash.SequenceEqual(bytes[16..BlockHeadBytes]) ? entries : [];
    }

    private static void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> half)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.GetHashAndReset(whole);
        whole[..HashBytes].CopyTo(half);
    }
}
