using System.Buffers;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Hosting.Ledgers;

/// <summary>
/// The file of one generation of a ledger, and the entries that wait to be written to it. It only ever grows by what is new; what could not be written waits for the next time, and what was half written is cut off
/// before it.
/// </summary>
internal sealed class LedgerSegment(string path, int entryBytes, DateTimeOffset beganAt)
{
    private readonly List<ReadOnlyMemory<byte>> _waiting = [];

    // Where the last good block ends; 0 where there is no file yet.
    private long _length;

    public DateTimeOffset BeganAt => beganAt;

    public string Path => path;

    public int WaitingCount { get; private set; }

    /// <summary>Places in the file that were damaged when it was read, each one block or more; an end in the middle of a block, as a kill leaves it, is one of them.</summary>
    public int DamageCount { get; private set; }

    /// <summary>Whether nothing is damaged but the end.</summary>
    public bool IsWholeToItsEnd { get; private set; } = true;

    /// <summary>Opens a file that was kept.</summary>
    /// <returns>The file, and its entries but for those in damaged blocks.</returns>
    /// <exception cref="InvalidDataException">It is no such file, or its head is damaged.</exception>
    public static (LedgerSegment Segment, ReadOnlyMemory<byte> Entries) Open(string path, int entryBytes, long bytesMax)
    {
        if (new FileInfo(path).Length > bytesMax)
        {
            throw new InvalidDataException($"it is longer than the {bytesMax} bytes that a generation takes at most");
        }

        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        var segment = new LedgerSegment(path, entryBytes, LedgerFormat.ReadHead(bytes, entryBytes)) { _length = LedgerFormat.HeadBytes };
        return (segment, segment.ReadBlocks(bytes));
    }

    public void Add(ReadOnlyMemory<byte> entries)
    {
        if (!entries.IsEmpty)
        {
            _waiting.Add(entries);
            WaitingCount += entries.Length / entryBytes;
        }
    }

    /// <summary>Writes what waits.</summary>
    /// <returns>How many entries.</returns>
    /// <exception cref="IOException">It could not be written, and waits on.</exception>
    public int Write()
    {
        var options = PrivateFile.Options(FileMode.OpenOrCreate);
        options.BufferSize = 0;
        using (var stream = new FileStream(path, options))
        {
            stream.SetLength(_length);
            stream.Position = _length;
            if (_length == 0)
            {
                stream.Write(LedgerFormat.Head(entryBytes, beganAt));
            }

            foreach (var entries in _waiting)
            {
                WriteBlocks(stream, entries.Span);
            }

            stream.Flush(flushToDisk: true);
            _length = stream.Position;
        }

        var count = WaitingCount;
        _waiting.Clear();
        WaitingCount = 0;
        return count;
    }

    private void WriteBlocks(FileStream stream, ReadOnlySpan<byte> entries)
    {
        while (!entries.IsEmpty)
        {
            var block = entries[..Math.Min(entries.Length, LedgerFormat.BlockEntriesMax * entryBytes)];
            stream.Write(LedgerFormat.BlockHead(block.Length / entryBytes, block));
            stream.Write(block);
            entries = entries[block.Length..];
        }
    }

    private ReadOnlyMemory<byte> ReadBlocks(ReadOnlySpan<byte> bytes)
    {
        var entries = new ArrayBufferWriter<byte>(Math.Max(1, bytes.Length));
        var (position, isDamage) = (LedgerFormat.HeadBytes, false);
        while (position < bytes.Length)
        {
            var block = LedgerFormat.ReadBlock(bytes[position..], entryBytes);
            if (block.IsEmpty)
            {
                DamageCount += isDamage ? 0 : 1;
                isDamage = true;
                var next = bytes[(position + 1)..].IndexOf(LedgerFormat.Marker);
                position = next < 0 ? bytes.Length : position + 1 + next;
                continue;
            }

            IsWholeToItsEnd &= !isDamage;
            entries.Write(block);
            position += LedgerFormat.BlockHeadBytes + block.Length;
            (_length, isDamage) = (position, false);
        }

        return entries.WrittenMemory;
    }
}
