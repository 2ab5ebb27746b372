using System.Runtime.InteropServices;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Which model came new, and what share of everybody's exchanges went to it in its first two days: what a group that moved at once is
/// compared with. The last model that came is watched; one that is there within the log's first day is not new.
/// </summary>
internal sealed class ModelLaunches
{
    private const long DayMs = 86_400_000;
    private const long WindowMs = 2 * DayMs;
    private const int ModelsMax = 4_096;

    // A model that hardly anyone took up was no launch.
    private const long TakenUpMin = 100;

    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private long _startMs = long.MinValue;
    private long _launchedAtMs;

    /// <summary>Number of the launch that is watched; 0 before the first.</summary>
    public int Launch { get; private set; }

    /// <summary>Everybody's exchanges within its window.</summary>
    public long WindowCount { get; private set; }

    /// <summary>Those of them that asked the new model.</summary>
    public long NewCount { get; private set; }

    /// <summary>Share of everybody's exchanges that went to the new model; null where it is too few to say.</summary>
    public double? Share => NewCount >= TakenUpMin && NewCount < WindowCount ? NewCount / (double)WindowCount : null;

    /// <summary>Counts an exchange.</summary>
    public LaunchUse Observe(string model, long atMs)
    {
        _startMs = _startMs == long.MinValue ? atMs : _startMs;
        var number = NumberOf(model, atMs);
        if (Launch == 0 || atMs - _launchedAtMs >= WindowMs || atMs < _launchedAtMs)
        {
            return default;
        }

        WindowCount++;
        NewCount += number == Launch ? 1 : 0;
        return new LaunchUse(Launch, number == Launch);
    }

    /// <summary>Writes the launches.</summary>
    public void Write(StateWriter into)
    {
        into.Signed(_startMs);
        into.Signed(_launchedAtMs);
        into.Number((ulong)Launch);
        into.Number((ulong)WindowCount);
        into.Number((ulong)NewCount);
        into.Number((ulong)_known.Count);
        foreach (var (model, number) in _known)
        {
            into.Text(model);
            into.Number((ulong)number);
        }
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from)
    {
        _startMs = from.Signed();
        _launchedAtMs = from.Signed();
        Launch = from.Count(ModelsMax);
        WindowCount = (long)from.Number();
        NewCount = (long)from.Number();
        for (var count = from.Count(ModelsMax); count > 0; count--)
        {
            var model = from.Text() ?? "";
            _known[model] = from.Count(ModelsMax);
        }
    }

    private int NumberOf(string model, long atMs)
    {
        if (_known.Count >= ModelsMax)
        {
            return _known.GetValueOrDefault(model);
        }

        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, model, out var isKnown);
        if (!isKnown && atMs - _startMs >= DayMs)
        {
            number = ++Launch;
            (_launchedAtMs, WindowCount, NewCount) = (atMs, 0, 0);
        }

        return number;
    }
}
