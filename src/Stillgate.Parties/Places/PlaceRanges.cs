namespace Stillgate.Parties.Places;

/// <summary>Everything that one source says, each family sorted by address and without overlap once it is settled.</summary>
internal sealed class PlaceRanges
{
    /// <summary>More contradictions than this share of its ranges, and a source is refused whole: it is not what it was taken for.</summary>
    public const double ContradictionShareMax = 0.001;

    public List<PlaceRange> V4 { get; } = [];

    public List<PlaceRange> V6 { get; } = [];

    /// <summary>Names of autonomous systems, where the source tells them.</summary>
    public Dictionary<uint, string> NetworkNames { get; } = [];

    public int Count => V4.Count + V6.Count;

    /// <summary>Stretches of addresses of which the source says two things. It is taken to say nothing of them.</summary>
    public int ContradictionCount { get; private set; }

    /// <summary>Sorts both families, unites what says the same, and takes out what contradicts itself.</summary>
    /// <exception cref="PlacesException">Too much of the source contradicts itself.</exception>
    public void Settle(string source)
    {
        var stated = Count;
        var (firstV4, firstV6) = (Settle(V4), Settle(V6));
        if (ContradictionCount > 1 && ContradictionCount > stated * ContradictionShareMax)
        {
            var first = AddressNumber.Text((firstV4 ?? firstV6)!.Value, isV4: firstV4 is not null);
            throw new PlacesException($"{source}: says two things of {ContradictionCount} stretches of addresses in {stated} ranges, first at {first}; expected ranges that do not overlap");
        }
    }

    /// <returns>Where the first contradiction starts.</returns>
    private UInt128? Settle(List<PlaceRange> ranges)
    {
        ranges.Sort((one, other) => one.Start.CompareTo(other.Start));
        var settled = new List<PlaceRange>(ranges.Count);
        var open = new List<PlaceRange>();
        UInt128? first = null;
        var next = 0;
        UInt128 at = 0;
        while (next < ranges.Count || open.Count > 0)
        {
            at = open.Count == 0 ? ranges[next].Start : at;
            while (next < ranges.Count && ranges[next].Start == at)
            {
                open.Add(ranges[next++]);
            }

            // Up to where what holds here changes: an open range ends, or the next one starts.
            var end = open.Min(range => range.End);
            end = next < ranges.Count && ranges[next].Start <= end ? ranges[next].Start - 1 : end;
            if (open.TrueForAll(range => range.Value == open[0].Value))
            {
                Append(settled, new PlaceRange(at, end, open[0].Value));
            }
            else
            {
                ContradictionCount++;
                first ??= at;
            }

            open.RemoveAll(range => range.End == end);
            // After the last address of all nothing is left open, so the wrap to 0 is never looked at.
            at = end + 1;
        }

        ranges.Clear();
        ranges.AddRange(settled);
        return first;
    }

    private static void Append(List<PlaceRange> settled, PlaceRange range)
    {
        if (settled.Count > 0 && settled[^1] is var last && last.Value == range.Value && last.End + 1 == range.Start)
        {
            settled[^1] = last with { End = range.End };
        }
        else
        {
            settled.Add(range);
        }
    }
}
