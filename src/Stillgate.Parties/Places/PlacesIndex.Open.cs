using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Stillgate.Parties.Places;

public sealed unsafe partial class PlacesIndex
{
    /// <summary>Maps a places file and checks all of it, so that no look-up can leave it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PlacesException">The file is missing, cut off, changed, or of a version that this build does not know.</exception>
    public static PlacesIndex Open(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length < PlacesFormat.HeaderBytes)
            {
                throw Wrong(path, $"{length} bytes; expected a places file of {PlacesFormat.HeaderBytes} or more");
            }

            // Little-endian is part of the format and of every machine that this runs on; another would need a second reader.
            return BitConverter.IsLittleEndian ? Map(path, length) : throw new PlatformNotSupportedException("Places files are read on little-endian machines.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Wrong(path, "cannot be read: " + cause.Message);
        }
    }

    private static PlacesIndex Map(string path, long length)
    {
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor? view = null;
        byte* start = null;
        try
        {
            view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            start += view.PointerOffset;
            CheckHeader(path, start, length);
            var json = SectionOf(start, PlacesFormat.Section.Sources);
            var manifest = JsonSerializer.Deserialize(json, PlacesJson.Default.PlacesManifest) ?? throw Wrong(path, "states no sources");
            CheckSections(path, start, manifest);
            return new PlacesIndex(file, view, start, manifest);
        }
        catch
        {
            if (start is not null)
            {
                view?.SafeMemoryMappedViewHandle.ReleasePointer();
            }

            view?.Dispose();
            file.Dispose();
            throw;
        }
    }

    private static void CheckHeader(string path, byte* start, long length)
    {
        var header = new ReadOnlySpan<byte>(start, PlacesFormat.HeaderBytes);
        if (!header.StartsWith(PlacesFormat.Magic))
        {
            throw Wrong(path, "is no places file; 'stillgate places update' makes one");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version != PlacesFormat.Version)
        {
            throw Wrong(path, $"is of version {version}; this build reads version {PlacesFormat.Version}");
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(header[16..]) != length)
        {
            throw Wrong(path, $"is {length} bytes and states {BinaryPrimitives.ReadInt64LittleEndian(header[16..])}; it was cut off or added to");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long at = PlacesFormat.HashedFrom; at < length; at += 1 << 20)
        {
            hash.AppendData(new ReadOnlySpan<byte>(start + at, (int)Math.Min(1 << 20, length - at)));
        }

        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(header.Slice(PlacesFormat.HashOffset, SHA256.HashSizeInBytes)))
        {
            throw Wrong(path, "does not have the SHA-256 that it states; it was changed");
        }

        for (var i = 0; i < PlacesFormat.SectionCount; i++)
        {
            var entry = header[(PlacesFormat.SectionsOffset + (16 * i))..];
            var (offset, size) = (BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadInt64LittleEndian(entry[8..]));
            if (offset < PlacesFormat.HeaderBytes || offset % 8 != 0 || size is < 0 or > int.MaxValue || offset > length - size)
            {
                throw Wrong(path, $"has its section {i} outside of itself");
            }
        }
    }

    private static void CheckSections(string path, byte* start, PlacesManifest manifest)
    {
        var countryCount = manifest.Sources.Count(source => source.Says == PlaceSays.Country);
        var (v4Bits, v6Bits, rowBytes) = (start[12], start[13], start[14]);
        var rows = SectionOf(start, PlacesFormat.Section.Rows);
        if (v4Bits > PlacesFormat.V4BucketBitsMax || v6Bits > PlacesFormat.V6BucketBitsMax || manifest.Sources.Count is 0 or > PlacesFormat.SourceCountMax
            || rowBytes < PlacesFormat.RowHeadBytes + (2 * countryCount) || rows.Length == 0 || rows.Length % rowBytes != 0)
        {
            throw Wrong(path, "has rows or buckets of an impossible size");
        }

        var rowCount = rows.Length / rowBytes;
        for (var i = 0; i < rowCount; i++)
        {
            var row = rows.Slice(i * rowBytes, rowBytes);
            var codes = MemoryMarshal.Cast<byte, ushort>(row.Slice(PlacesFormat.RowHeadBytes, 2 * countryCount));
            var isGood = row[6] <= (byte)PlaceAgreement.Unanimous && CountryCode.IsValid(BinaryPrimitives.ReadUInt16LittleEndian(row[4..]));
            foreach (var code in codes)
            {
                isGood &= CountryCode.IsValid(code);
            }

            if (!isGood)
            {
                throw Wrong(path, $"has a row {i} that is none");
            }
        }

        Check(path, "IPv4", Numbers(start, PlacesFormat.Section.V4Buckets), Numbers(start, PlacesFormat.Section.V4Rows), v4Bits, rowCount,
            Starts(Numbers(start, PlacesFormat.Section.V4Starts)), start => PlacesFormat.BucketOfV4((uint)start, v4Bits));
        Check(path, "IPv6", Numbers(start, PlacesFormat.Section.V6Buckets), Numbers(start, PlacesFormat.Section.V6Rows), v6Bits, rowCount,
            Starts(SectionOf(start, PlacesFormat.Section.V6Highs), SectionOf(start, PlacesFormat.Section.V6Lows)), start => PlacesFormat.BucketOfV6((ulong)(start >> 64), v6Bits));
        CheckNames(path, Numbers(start, PlacesFormat.Section.NetworkNumbers), Numbers(start, PlacesFormat.Section.NetworkNameEnds), SectionOf(start, PlacesFormat.Section.NetworkNames).Length);
    }

    private static void Check(string path, string family, ReadOnlySpan<uint> buckets, ReadOnlySpan<uint> rows, int bits, int rowCount, UInt128[] starts, Func<UInt128, int> bucketOf)
    {
        var isGood = buckets.Length == (1 << bits) + 1 && starts.Length == rows.Length && starts.Length > 0 && starts[0] == 0 && buckets[^1] == starts.Length;
        for (var i = 0; isGood && i < starts.Length; i++)
        {
            var bucket = bucketOf(starts[i]);
            isGood = rows[i] < rowCount && (i == 0 || starts[i] > starts[i - 1]) && buckets[bucket] <= i && i < buckets[bucket + 1];
        }

        for (var i = 1; isGood && i < buckets.Length; i++)
        {
            isGood = buckets[i] >= buckets[i - 1];
        }

        if (!isGood)
        {
            throw Wrong(path, $"has ranges of {family} out of order, or buckets that do not fit them");
        }
    }

    private static void CheckNames(string path, ReadOnlySpan<uint> numbers, ReadOnlySpan<uint> ends, int length)
    {
        var isGood = numbers.Length == ends.Length && (ends.Length == 0 ? length == 0 : ends[^1] == length);
        for (var i = 1; isGood && i < numbers.Length; i++)
        {
            isGood = numbers[i] > numbers[i - 1] && ends[i] >= ends[i - 1];
        }

        if (!isGood)
        {
            throw Wrong(path, "has names of networks out of order");
        }
    }

    private static UInt128[] Starts(ReadOnlySpan<uint> starts)
    {
        var wide = new UInt128[starts.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = starts[i];
        }

        return wide;
    }

    private static UInt128[] Starts(ReadOnlySpan<byte> highs, ReadOnlySpan<byte> lows)
    {
        var wide = new UInt128[Math.Min(highs.Length, lows.Length) / sizeof(ulong)];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = new UInt128(BinaryPrimitives.ReadUInt64LittleEndian(highs[(8 * i)..]), BinaryPrimitives.ReadUInt64LittleEndian(lows[(8 * i)..]));
        }

        return wide;
    }

    private static ReadOnlySpan<byte> SectionOf(byte* start, PlacesFormat.Section section)
    {
        var entry = new ReadOnlySpan<byte>(start + PlacesFormat.SectionsOffset + (16 * (int)section), 16);
        return new ReadOnlySpan<byte>(start + BinaryPrimitives.ReadInt64LittleEndian(entry), (int)BinaryPrimitives.ReadInt64LittleEndian(entry[8..]));
    }

    private static ReadOnlySpan<uint> Numbers(byte* start, PlacesFormat.Section section) =>
        MemoryMarshal.Cast<byte, uint>(SectionOf(start, section));

    private static PlacesException Wrong(string path, string message) => new($"{path}: {message}");
}
