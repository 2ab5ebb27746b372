using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// How the members of a group follow each other in time: whose turn came after whose, and how the group moved when a model came new. Some
/// counters, whatever the size of the group.
/// </summary>
internal sealed class GroupTimes
{
    private int _last = -1;
    private int _launch;
    private int _windowCount;
    private int _newCount;

    /// <summary>Exchanges that followed one of the same member within the group.</summary>
    public long SameAgainCount { get; private set; }

    /// <summary>Counts an exchange of a member.</summary>
    public void Observe(int account, LaunchUse use)
    {
        SameAgainCount += account == _last ? 1 : 0;
        _last = account;
        if (use.Launch == 0)
        {
            return;
        }

        if (use.Launch != _launch)
        {
            (_launch, _windowCount, _newCount) = (use.Launch, 0, 0);
        }

        _windowCount++;
        _newCount += use.IsNew ? 1 : 0;
    }

    /// <summary>
    /// Natural logarithm of the turns that went to the member that had the last one, over what a shuffle of the same turns would show. People
    /// and programs of their own come in runs: far above 0. Load that one hand deals out does not: 0, and below where it takes turns
    /// (negative covariance).
    /// </summary>
    /// <param name="counts">Exchanges of each member.</param>
    public double Runs(IEnumerable<int> counts)
    {
        double pairs = 0, total = 0;
        foreach (double count in counts)
        {
            pairs += count * (count - 1);
            total += count;
        }

        return total < 2 ? 0 : Math.Log((SameAgainCount + 1) / ((pairs / total) + 1));
    }

    /// <summary>Natural logarithm of the exchanges that asked a new model in its first two days, over everybody's share of them; at least 0.</summary>
    public double Pivot(ModelLaunches launches) =>
        launches.Share is { } share && launches.Launch == _launch ? Math.Max(0, Math.Log((_newCount + 1) / ((_windowCount * share) + 1))) : 0;

    /// <summary>Writes the counters.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)(_last + 1));
        into.Number((ulong)SameAgainCount);
        into.Number((ulong)_launch);
        into.Number((ulong)_windowCount);
        into.Number((ulong)_newCount);
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from)
    {
        _last = from.Count(int.MaxValue) - 1;
        SameAgainCount = (long)from.Number();
        _launch = from.Count(int.MaxValue);
        _windowCount = from.Count(int.MaxValue);
        _newCount = from.Count(int.MaxValue);
    }
}
