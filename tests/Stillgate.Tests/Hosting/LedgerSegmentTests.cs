using System.Buffers.Binary;
using Stillgate.Server.Hosting.Ledgers;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>A ledger's file, damaged at every place and cut at every length.</summary>
public sealed class LedgerSegmentTests : IDisposable
{
    private const int EntryBytes = 16;
    private const int BlockCount = 3;
    private const int BlockEntries = 2;
    private static readonly DateTimeOffset Began = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("segment");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AnyByteChanged_GivesEveryEntryButThoseOfOneBlock()
    {
        var whole = Written();
        for (var position = 0; position < whole.Length; position++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[position] ^= 0x41;
            System.IO.File.WriteAllBytes(File, damaged);
            if (position < LedgerFormat.HeadBytes)
            {
                Assert.Throws<InvalidDataException>(() => LedgerSegment.Open(File, EntryBytes, bytesMax: 1000));
                continue;
            }

            var hit = (position - LedgerFormat.HeadBytes) / (LedgerFormat.BlockHeadBytes + (BlockEntries * EntryBytes));
            var (segment, entries) = LedgerSegment.Open(File, EntryBytes, bytesMax: 1000);
            Assert.Equal(Enumerable.Range(0, BlockCount * BlockEntries).Where(entry => entry / BlockEntries != hit), Numbers(entries));
            Assert.Equal((1, hit == BlockCount - 1), (segment.DamageCount, segment.IsWholeToItsEnd));
        }
    }

    [Fact]
    public void Write_AfterACutAtAnyLength_GoesOnBehindTheLastWholeBlock()
    {
        var whole = Written();
        for (var length = LedgerFormat.HeadBytes; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            var (segment, before) = LedgerSegment.Open(File, EntryBytes, bytesMax: 1000);
            segment.Add(Entry(99));
            Assert.Equal(1, segment.Write());

            var (after, entries) = LedgerSegment.Open(File, EntryBytes, bytesMax: 1000);
            Assert.Equal(0, after.DamageCount);
            Assert.Equal([.. Numbers(before), 99], Numbers(entries));
        }
    }

    [Fact]
    public void Write_Fails_EntriesWaitAndAreWrittenOnce()
    {
        Directory.CreateDirectory(File);
        var segment = new LedgerSegment(File, EntryBytes, Began);
        segment.Add(Entry(1));
        Assert.Throws<UnauthorizedAccessException>(() => segment.Write());
        segment.Add(Entry(2));
        Assert.Equal(2, segment.WaitingCount);
        Directory.Delete(File);

        Assert.Equal((2, 0), (segment.Write(), segment.Write()));
        Assert.Equal([1, 2], Numbers(LedgerSegment.Open(File, EntryBytes, bytesMax: 1000).Entries));
    }

    [Fact]
    public void Write_MoreThanABlockHolds_IsRead()
    {
        var segment = new LedgerSegment(File, EntryBytes, Began);
        var count = (2 * LedgerFormat.BlockEntriesMax) + 1;
        segment.Add(Enumerable.Range(0, count).SelectMany(number => Entry(number).ToArray()).ToArray());
        segment.Write();

        Assert.Equal(Enumerable.Range(0, count), Numbers(LedgerSegment.Open(File, EntryBytes, bytesMax: 1 << 20).Entries));
        Assert.Throws<InvalidDataException>(() => LedgerSegment.Open(File, EntryBytes, bytesMax: 1000));
    }

    [Theory]
    [InlineData(32, 2026)]
    [InlineData(16, 9999)]
    public void Open_OfOtherEntriesOrBeyondAllCalendars_IsRefused(int entryBytes, int year)
    {
        System.IO.File.WriteAllBytes(File, LedgerFormat.Head(entryBytes, new DateTimeOffset(year, 12, 31, 23, 59, 59, TimeSpan.Zero)));

        Assert.Throws<InvalidDataException>(() => LedgerSegment.Open(File, EntryBytes, bytesMax: 1000));
    }

    private byte[] Written()
    {
        var segment = new LedgerSegment(File, EntryBytes, Began);
        for (var block = 0; block < BlockCount; block++)
        {
            segment.Add(Entry(block * BlockEntries).ToArray().Concat(Entry((block * BlockEntries) + 1).ToArray()).ToArray());
            Assert.Equal(BlockEntries, segment.Write());
        }

        return System.IO.File.ReadAllBytes(File);
    }

    private static ReadOnlyMemory<byte> Entry(int number)
    {
        var entry = new byte[EntryBytes];
        BinaryPrimitives.WriteInt32LittleEndian(entry, number);
        return entry;
    }

    private static IEnumerable<int> Numbers(ReadOnlyMemory<byte> entries) =>
        Enumerable.Range(0, entries.Length / EntryBytes).Select(i => BinaryPrimitives.ReadInt32LittleEndian(entries.Span[(i * EntryBytes)..]));
}
