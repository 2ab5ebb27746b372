using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>
/// What one policy makes of one account, worked out before its requests come: for each span of days the facts, and the result
/// of every rule that needs nothing of the request. Immutable; belongs to the snapshot that made it.
/// </summary>
public sealed class AccountStanding
{
    private readonly long[] _fromTicks;

    internal AccountStanding(PolicySnapshot snapshot, IReadOnlyList<AccountFacts> periods)
    {
        Snapshot = snapshot;
        var ordered = periods.OrderBy(period => period.From).ToArray();
        From = Array.ConvertAll(ordered, period => period.From);
        _fromTicks = Array.ConvertAll(ordered, period => period.From.UtcTicks);
        Facts = Array.ConvertAll(ordered, period => snapshot.RowOf(period));
        Periods = ordered;
        Results = Array.ConvertAll(Facts, snapshot.ResultsOf);
    }

    internal PolicySnapshot Snapshot { get; }

    internal DateTimeOffset[] From { get; }

    internal ExpressionValue[][] Facts { get; }

    internal RuleResult[][] Results { get; }

    internal AccountFacts[] Periods { get; }

    /// <summary>The span that holds a moment; the first one also holds everything before it.</summary>
    internal int PeriodAt(long ticks)
    {
        var period = _fromTicks.Length - 1;
        while (period > 0 && _fromTicks[period] > ticks)
        {
            period--;
        }

        return period;
    }
}
