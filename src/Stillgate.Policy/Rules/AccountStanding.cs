using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>
/// What one policy makes of one account, worked out before its requests come: for each span of days the facts, and the result
/// of every rule that needs nothing of the request. Immutable; belongs to the snapshot that made it.
/// </summary>
public sealed class AccountStanding
{
    internal AccountStanding(PolicySnapshot snapshot, IReadOnlyList<AccountFacts> periods)
    {
        Snapshot = snapshot;
        var ordered = periods.OrderBy(period => period.From).ToArray();
        From = Array.ConvertAll(ordered, period => period.From);
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
    internal int PeriodAt(DateTimeOffset at)
    {
        var period = From.Length - 1;
        while (period > 0 && From[period] > at)
        {
            period--;
        }

        return period;
    }
}
