using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Stillgate.Parties.Places;

/// <summary>Merges what all sources say into ranges within which every source says one thing, and rows of what they say.</summary>
internal sealed class PlacesCompiler
{
    private readonly PlaceRanges[] _ranges;
    private readonly PlaceSource[] _sources;
    private readonly int[] _countrySlot;
    private readonly PlaceVotes _votes;
    private readonly ushort[] _countries;
    private readonly Dictionary<RowKey, uint> _rowIds = [];
    private readonly byte[] _row;

    public PlacesCompiler(IReadOnlyList<(PlaceSource Source, PlaceRanges Ranges)> sources)
    {
        if (sources.Count is 0 or > PlacesFormat.SourceCountMax)
        {
            throw new PlacesException($"{sources.Count} sources of places; expected from 1 to {PlacesFormat.SourceCountMax}");
        }

        _sources = [.. sources.Select(source => source.Source)];
        _ranges = [.. sources.Select(source => source.Ranges)];
        PlaceSource[] countrySources = [.. _sources.Where(source => source.Says == PlaceSays.Country)];
        _countrySlot = [.. _sources.Select(source => Array.IndexOf(countrySources, source))];
        _countries = new ushort[countrySources.Length];
        _votes = new PlaceVotes(countrySources);
        _row = new byte[RowBytes];
        V4 = Merge(source => _ranges[source].V4, uint.MaxValue);
        V6 = Merge(source => _ranges[source].V6, UInt128.MaxValue);
    }

    public IReadOnlyList<PlaceSource> Sources => _sources;

    /// <summary>Where each range of IPv4 starts, and the row that holds from there.</summary>
    public IReadOnlyList<(UInt128 Start, uint Row)> V4 { get; }

    public IReadOnlyList<(UInt128 Start, uint Row)> V6 { get; }

    public List<byte> Rows { get; } = [];

    public int RowBytes => (PlacesFormat.RowHeadBytes + (_countries.Length * sizeof(ushort)) + 3) & ~3;

    public IEnumerable<KeyValuePair<uint, string>> NetworkNames => _ranges.SelectMany(ranges => ranges.NetworkNames).DistinctBy(name => name.Key).OrderBy(name => name.Key);

    private List<(UInt128 Start, uint Row)> Merge(Func<int, List<PlaceRange>> family, UInt128 last)
    {
        var edges = new List<UInt128> { 0 };
        var lists = Enumerable.Range(0, _ranges.Length).Select(family).ToArray();
        foreach (var range in lists.SelectMany(list => list))
        {
            edges.Add(range.Start);
            if (range.End < last)
            {
                edges.Add(range.End + 1);
            }
        }

        edges.Sort();
        var merged = new List<(UInt128 Start, uint Row)>();
        var next = new int[lists.Length];
        foreach (var edge in edges)
        {
            if (merged.Count > 0 && merged[^1].Start == edge)
            {
                continue;
            }

            var row = RowAt(edge, lists, next);
            if (merged.Count == 0 || merged[^1].Row != row)
            {
                merged.Add((edge, row));
            }
        }

        return merged;
    }

    private uint RowAt(UInt128 address, List<PlaceRange>[] lists, int[] next)
    {
        _countries.AsSpan().Clear();
        var (network, networkIsDivided, classes, listed) = (0u, false, NetworkClasses.None, 0u);
        for (var source = 0; source < lists.Length; source++)
        {
            var list = lists[source];
            while (next[source] < list.Count && list[next[source]].End < address)
            {
                next[source]++;
            }

            if (next[source] == list.Count || list[next[source]].Start > address)
            {
                continue;
            }

            var value = list[next[source]].Value;
            switch (_sources[source].Says)
            {
                case PlaceSays.Country:
                    _countries[_countrySlot[source]] = (ushort)value;
                    break;
                case PlaceSays.Network:
                    networkIsDivided |= network != 0 && network != value;
                    network = value;
                    break;
                default:
                    classes |= (NetworkClasses)(1 << (_sources[source].Says - PlaceSays.Hosting));
                    listed |= 1u << source;
                    break;
            }
        }

        return RowOf(networkIsDivided ? 0 : network, classes, listed);
    }

    private uint RowOf(uint network, NetworkClasses classes, uint listed)
    {
        var (country, agreement, speaking, supporting) = _votes.Count(_countries);
        var row = _row.AsSpan();
        row.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(row, network);
        BinaryPrimitives.WriteUInt16LittleEndian(row[4..], country);
        (row[6], row[7], row[8], row[9]) = ((byte)agreement, speaking, supporting, (byte)classes);
        BinaryPrimitives.WriteUInt32LittleEndian(row[12..], listed);
        for (var i = 0; i < _countries.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(row[(PlacesFormat.RowHeadBytes + (2 * i))..], _countries[i]);
        }

        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_rowIds, RowKey.Of(row), out var isKnown);
        if (!isKnown)
        {
            id = (uint)_rowIds.Count - 1;
            Rows.AddRange(row);
        }

        return id;
    }

    /// <summary>The bytes of a row, compared whole: head and at most 32 votes.</summary>
    private readonly record struct RowKey(UInt128 Head, UInt128 Votes1, UInt128 Votes2, UInt128 Votes3, UInt128 Votes4)
    {
        public static RowKey Of(ReadOnlySpan<byte> row)
        {
            Span<byte> whole = stackalloc byte[80];
            whole.Clear();
            row.CopyTo(whole);
            var parts = MemoryMarshal.Cast<byte, UInt128>(whole);
            return new RowKey(parts[0], parts[1], parts[2], parts[3], parts[4]);
        }
    }
}
