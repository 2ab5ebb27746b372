using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stillgate.Parties.Places;

/// <summary>Writes a places file. The same sources and the same time give the same bytes.</summary>
internal static class PlacesWriter
{
    /// <summary>The whole file, ready to be written in one go.</summary>
    /// <param name="compiled">The merged sources.</param>
    /// <param name="built">The time that the file states.</param>
    public static byte[] Write(PlacesCompiler compiled, DateTimeOffset built)
    {
        var names = compiled.NetworkNames.ToArray();
        var nameBytes = names.Select(name => Encoding.UTF8.GetBytes(name.Value)).ToArray();
        var ends = 0u;
        var v4Bits = BucketBits(compiled.V4.Count, PlacesFormat.V4BucketBitsMax);
        var v6Bits = BucketBits(compiled.V6.Count, PlacesFormat.V6BucketBitsMax);
        byte[][] sections =
        [
            JsonSerializer.SerializeToUtf8Bytes(new PlacesManifest(built, compiled.Sources), PlacesJson.Default.PlacesManifest),
            Bytes(Buckets(compiled.V4.Select(range => PlacesFormat.BucketOfV4((uint)range.Start, v4Bits)), v4Bits)),
            Bytes(compiled.V4.Select(range => (uint)range.Start)),
            Bytes(compiled.V4.Select(range => range.Row)),
            Bytes(Buckets(compiled.V6.Select(range => PlacesFormat.BucketOfV6((ulong)(range.Start >> 64), v6Bits)), v6Bits)),
            Bytes(compiled.V6.Select(range => (ulong)(range.Start >> 64))),
            Bytes(compiled.V6.Select(range => (ulong)range.Start)),
            Bytes(compiled.V6.Select(range => range.Row)),
            [.. compiled.Rows],
            Bytes(names.Select(name => name.Key)),
            Bytes(nameBytes.Select(name => ends += (uint)name.Length)),
            [.. nameBytes.SelectMany(name => name)],
        ];
        return Assemble(sections, v4Bits, v6Bits, compiled.RowBytes);
    }

    private static byte[] Assemble(byte[][] sections, int v4Bits, int v6Bits, int rowBytes)
    {
        var length = PlacesFormat.HeaderBytes + sections.Sum(section => (long)Padded(section.Length));
        var file = new byte[length];
        var header = file.AsSpan(0, PlacesFormat.HeaderBytes);
        PlacesFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], PlacesFormat.Version);
        (header[12], header[13], header[14]) = ((byte)v4Bits, (byte)v6Bits, (byte)rowBytes);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], length);
        var at = PlacesFormat.HeaderBytes;
        for (var i = 0; i < sections.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(header[(PlacesFormat.SectionsOffset + (16 * i))..], at);
            BinaryPrimitives.WriteInt64LittleEndian(header[(PlacesFormat.SectionsOffset + (16 * i) + 8)..], sections[i].Length);
            sections[i].CopyTo(file.AsSpan(at));
            at += Padded(sections[i].Length);
        }

        SHA256.HashData(file.AsSpan(PlacesFormat.HashedFrom), file.AsSpan(PlacesFormat.HashOffset, SHA256.HashSizeInBytes));
        return file;
    }

    /// <summary>About two ranges a bucket where ranges lie evenly.</summary>
    private static int BucketBits(int count, int max) => Math.Clamp(BitOperations.Log2((uint)Math.Max(count, 1)) - 1, 0, max);

    private static uint[] Buckets(IEnumerable<int> bucketOfEach, int bits)
    {
        var first = new uint[(1 << bits) + 1];
        foreach (var bucket in bucketOfEach)
        {
            first[bucket + 1]++;
        }

        for (var i = 1; i < first.Length; i++)
        {
            first[i] += first[i - 1];
        }

        return first;
    }

    private static byte[] Bytes(IEnumerable<uint> values)
    {
        var bytes = new List<byte>();
        Span<byte> one = stackalloc byte[sizeof(uint)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(one, value);
            bytes.AddRange(one);
        }

        return [.. bytes];
    }

    private static byte[] Bytes(IEnumerable<ulong> values)
    {
        var bytes = new List<byte>();
        Span<byte> one = stackalloc byte[sizeof(ulong)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(one, value);
            bytes.AddRange(one);
        }

        return [.. bytes];
    }

    private static int Padded(int length) => (length + 7) & ~7;
}
