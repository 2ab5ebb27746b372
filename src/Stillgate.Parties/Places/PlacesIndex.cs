using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Stillgate.Parties.Places;

/// <summary>
/// A places file, mapped into memory and checked whole when it is opened. A look-up allocates nothing and takes no lock, so any number of threads may ask.
/// </summary>
/// <remarks>
/// A new file is written beside the old one and renamed over it, so a mapping goes on seeing the whole of the old. Dispose only when nobody asks any more; where that
/// is not known, drop the reference, and the mapping goes with it.
/// </remarks>
public sealed unsafe partial class PlacesIndex : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly byte* _rows;
    private readonly uint* _v4Buckets;
    private readonly uint* _v4Starts;
    private readonly uint* _v4Rows;
    private readonly uint* _v6Buckets;
    private readonly ulong* _v6Highs;
    private readonly ulong* _v6Lows;
    private readonly uint* _v6Rows;
    private readonly int _v4Bits;
    private readonly int _v6Bits;
    private readonly int _rowBytes;
    private readonly PlaceSource[] _countrySources;
    private readonly bool _isWhole;
    private bool _isDisposed;

    private PlacesIndex(MemoryMappedFile file, MemoryMappedViewAccessor view, byte* start, PlacesManifest manifest)
    {
        (_file, _view, Manifest) = (file, view, manifest);
        _start = start;
        (_v4Bits, _v6Bits, _rowBytes) = (start[12], start[13], start[14]);
        _rows = At(PlacesFormat.Section.Rows);
        _v4Buckets = (uint*)At(PlacesFormat.Section.V4Buckets);
        _v4Starts = (uint*)At(PlacesFormat.Section.V4Starts);
        _v4Rows = (uint*)At(PlacesFormat.Section.V4Rows);
        _v6Buckets = (uint*)At(PlacesFormat.Section.V6Buckets);
        _v6Highs = (ulong*)At(PlacesFormat.Section.V6Highs);
        _v6Lows = (ulong*)At(PlacesFormat.Section.V6Lows);
        _v6Rows = (uint*)At(PlacesFormat.Section.V6Rows);
        _countrySources = [.. manifest.Sources.Where(source => source.Says == PlaceSays.Country)];
        KnowsClasses = manifest.Sources.Any(source => source.Says >= PlaceSays.Hosting);
        _isWhole = true;
    }

    /// <summary>
    /// Lets the mapping go with the last reference: the pointer that was acquired would hold it, and a replaced file's space on disk, for ever. Every
    /// look-up keeps the index alive to its end, so nothing is unmapped under one.
    /// </summary>
    ~PlacesIndex()
    {
        // Where the constructor failed, its caller has released it.
        if (_isWhole)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    /// <summary>When the file was made.</summary>
    public DateTimeOffset Built => Manifest.Built;

    /// <summary>The sources, with version, licence and hash.</summary>
    public IReadOnlyList<PlaceSource> Sources => Manifest.Sources;

    /// <summary>Whether any list of a network class was loaded; without one, an address that is in none tells nothing.</summary>
    public bool KnowsClasses { get; }

    /// <summary>Ranges of IPv4 and of IPv6, within each of which every source says one thing.</summary>
    public (int V4, int V6) RangeCounts => (CountOf(PlacesFormat.Section.V4Starts, sizeof(uint)), CountOf(PlacesFormat.Section.V6Highs, sizeof(ulong)));

    internal PlacesManifest Manifest { get; }

    /// <summary>What all sources say of an address. IPv4 within IPv6 is read as IPv4.</summary>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public PlaceAnswer Lookup(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var count);
        return count == 4 ? LookupV4(BinaryPrimitives.ReadUInt32BigEndian(bytes)) : Lookup(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>As <see cref="Lookup(IPAddress)"/>, for an address of IPv6 as a number.</summary>
    public PlaceAnswer Lookup(UInt128 address)
    {
        const ulong MappedV4 = 0xFFFF;
        var (high, low) = ((ulong)(address >> 64), (ulong)address);
        return high == 0 && low >> 32 == MappedV4 ? LookupV4((uint)low) : LookupV6(high, low);
    }

    /// <summary>As <see cref="Lookup(IPAddress)"/>, for an address of IPv4 as a number.</summary>
    public PlaceAnswer LookupV4(uint address)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var bucket = PlacesFormat.BucketOfV4(address, _v4Bits);
        var (low, high) = (_v4Buckets[bucket], _v4Buckets[bucket + 1]);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_v4Starts[middle] <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        // Range 0 starts at address 0, so there always is one that starts at or before the address.
        var answer = Answer(_v4Rows[low - 1]);
        GC.KeepAlive(this);
        return answer;
    }

    /// <summary>What each country source says, in the order of <see cref="Sources"/>, and which lists name the address. Allocates; for people, not for the live path.</summary>
    public PlaceDetail Detail(PlaceAnswer answer)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var row = new ReadOnlySpan<byte>(_rows + ((long)answer.Row * _rowBytes), _rowBytes);
        var votes = new List<PlaceVote>();
        for (var i = 0; i < _countrySources.Length; i++)
        {
            votes.Add(new PlaceVote(_countrySources[i].Name, _countrySources[i].Basis, new CountryCode(BinaryPrimitives.ReadUInt16LittleEndian(row[(PlacesFormat.RowHeadBytes + (2 * i))..]))));
        }

        var listed = BinaryPrimitives.ReadUInt32LittleEndian(row[12..]);
        string[] lists = [.. Sources.Where((_, i) => (listed & (1u << i)) != 0).Select(source => source.Name)];
        var detail = new PlaceDetail(votes, lists, NetworkName(answer.Network));
        GC.KeepAlive(this);
        return detail;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    private PlaceAnswer LookupV6(ulong addressHigh, ulong addressLow)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var bucket = PlacesFormat.BucketOfV6(addressHigh, _v6Bits);
        var (low, high) = (_v6Buckets[bucket], _v6Buckets[bucket + 1]);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var start = _v6Highs[middle];
            if (start < addressHigh || (start == addressHigh && _v6Lows[middle] <= addressLow))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var answer = Answer(_v6Rows[low - 1]);
        GC.KeepAlive(this);
        return answer;
    }

    private PlaceAnswer Answer(uint id)
    {
        var row = _rows + ((long)id * _rowBytes);
        return new PlaceAnswer(id, *(uint*)row, new CountryCode(*(ushort*)(row + 4)), (PlaceAgreement)row[6], row[7], row[8], (NetworkClasses)row[9]);
    }

    private string? NetworkName(uint network)
    {
        var numbers = new ReadOnlySpan<uint>(At(PlacesFormat.Section.NetworkNumbers), CountOf(PlacesFormat.Section.NetworkNumbers, sizeof(uint)));
        var at = network == 0 ? -1 : numbers.BinarySearch(network);
        if (at < 0)
        {
            return null;
        }

        var ends = (uint*)At(PlacesFormat.Section.NetworkNameEnds);
        var from = at == 0 ? 0 : ends[at - 1];
        return Encoding.UTF8.GetString(At(PlacesFormat.Section.NetworkNames) + from, (int)(ends[at] - from));
    }

    private byte* At(PlacesFormat.Section section) => _start + Read(PlacesFormat.SectionsOffset + (16 * (int)section));

    private int CountOf(PlacesFormat.Section section, int size) => (int)(Read(PlacesFormat.SectionsOffset + (16 * (int)section) + 8) / size);

    private long Read(int offset) => BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(_start + offset, sizeof(long)));
}
