using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Stillgate.Storage.ExchangeLog;

/// <summary>
/// A file of the log while it is written: a row of whole gzip members, each written in one piece. So the file can be read up to
/// its last block at any moment, and a crash can damage nothing but a last piece. A marker beside it names it until it is closed.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private const string Marker = "open-file";
    private const string NamePattern = "exchanges-*.jsonl.gz";

    // Magic number and the one method that there is (RFC 1952).
    private static readonly byte[] Head = [0x1F, 0x8B, 0x08];
    private readonly FileStream _stream;
    private readonly string _folder;
    private readonly MemoryStream _member = new();

    private LogFile(string folder, FileStream stream, long openedTimestamp)
    {
        _folder = folder;
        _stream = stream;
        OpenedTimestamp = openedTimestamp;
    }

    public long OpenedTimestamp { get; }

    public long Length => _stream.Length;

    public static LogFile Create(string folder, DateTimeOffset at, long sequence, long timestamp)
    {
        Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"exchanges-{at.UtcDateTime:yyyyMMdd'T'HHmmss'.'fff'Z'}-{sequence:d6}.jsonl.gz");
        File.WriteAllText(Path.Combine(folder, Marker), name);
        var stream = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        return new LogFile(folder, stream, timestamp);
    }

    /// <summary>The folder's files, oldest first: their names begin with the time at which they were opened.</summary>
    public static IReadOnlyList<string> List(string folder) => [.. Directory.GetFiles(folder, NamePattern).Order(StringComparer.Ordinal)];

    /// <summary>Repairs the file that a killed process left: a last piece that is not whole is cut off.</summary>
    /// <returns>The file's name and the bytes cut off, or null where none was left.</returns>
    public static (string Name, long CutBytes)? Recover(string folder)
    {
        var marker = Path.Combine(folder, Marker);
        if (!File.Exists(marker))
        {
            return null;
        }

        var name = File.ReadAllText(marker).Trim();
        var file = Path.Combine(folder, Path.GetFileName(name));
        long cut = 0;
        if (File.Exists(file))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            var whole = WholeMembersLength(stream);
            cut = stream.Length - whole;
            stream.SetLength(whole);
        }

        File.Delete(marker);
        return (name, cut);
    }

    /// <summary>Writes one block as one member.</summary>
    public void Write(ReadOnlySpan<byte> lines)
    {
        _member.SetLength(0);
        using (var gzip = new GZipStream(_member, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines);
        }

        var before = _stream.Length;
        try
        {
            _stream.Write(_member.GetBuffer().AsSpan(0, (int)_member.Length));
        }
        catch (IOException)
        {
            // A full disk may have taken a part: what was whole before stays readable.
            _stream.SetLength(before);
            throw;
        }
    }

    public void Close()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Delete(Path.Combine(_folder, Marker));
    }

    public void Dispose()
    {
        _stream.Dispose();
        _member.Dispose();
    }

    /// <summary>
    /// Walks the members from the start. The decoder forgives a cut trailer and reads on over members, so each member is tried by
    /// itself, up to each next place that looks like a member's head, and must have the length that its trailer says.
    /// </summary>
    private static int WholeMembersLength(FileStream stream)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var start = 0;
        while (start < bytes.Length)
        {
            var end = start;
            do
            {
                var next = end + 1 < bytes.Length ? bytes.AsSpan(end + 1).IndexOf(Head) : -1;
                end = next < 0 ? bytes.Length : end + 1 + next;
            }
            while (!IsWholeMember(bytes.AsSpan(start, end - start)) && end < bytes.Length);

            if (!IsWholeMember(bytes.AsSpan(start, end - start)))
            {
                break;
            }

            start = end;
        }

        return start;
    }

    private static bool IsWholeMember(ReadOnlySpan<byte> member)
    {
        const int headAndTrailerBytes = 18;
        if (member.Length < headAndTrailerBytes || !member.StartsWith(Head))
        {
            return false;
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(member.ToArray()), CompressionMode.Decompress);
            using var decoded = new MemoryStream();
            gzip.CopyTo(decoded);
            return BinaryPrimitives.ReadUInt32LittleEndian(member[^4..]) == (uint)decoded.Length;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException)
        {
            return false;
        }
    }
}
