using System.Numerics;

namespace Stillgate.Detection.Campaigns;

/// <summary>When the members of a group are active, beside each other and after each other.</summary>
internal static class MemberTimes
{
    private const long DayMs = 86_400_000;

    // One refused member is a mishap.
    private const int TakeOverRefusedMin = 2;

    private static readonly double[] HoursHitKnown = [.. Enumerable.Range(0, 512).Select(count => 1 - Math.Pow(23.0 / 24, count))];

    /// <inheritdoc cref="GroupFeature.HourSpread"/>
    public static double HourSpread(MemberStats[] members)
    {
        double sum = 0;
        foreach (var member in members)
        {
            sum += member.HourCount / (24 * HoursHit(member.Count));
        }

        return sum / members.Length;
    }

    // The chance that an hour of the day is hit by so many exchanges at random.
    private static double HoursHit(int count) => count < HoursHitKnown.Length ? HoursHitKnown[count] : 1 - Math.Pow(23.0 / 24, count);

    /// <inheritdoc cref="GroupFeature.Lockstep"/>
    public static double Lockstep(MemberStats[] members)
    {
        var together = new int[256];
        double active = 0, squares = 0;
        var hours = 0;
        foreach (var member in members)
        {
            var own = 0;
            for (var word = 0; word < member.ActiveHours.Length; word++)
            {
                for (var bits = member.ActiveHours[word]; bits != 0; bits &= bits - 1)
                {
                    together[(word << 6) + BitOperations.TrailingZeroCount(bits)]++;
                    own++;
                }
            }

            active += own;
            squares += (double)own * own;
        }

        double pairs = 0;
        foreach (var count in together)
        {
            hours += count > 0 ? 1 : 0;
            pairs += count * (count - 1) / 2.0;
        }

        var expected = ((active * active) - squares) / 2 / Math.Max(1, hours);
        return Math.Log((pairs + 1) / (expected + 1));
    }

    /// <inheritdoc cref="GroupFeature.TakeOver"/>
    public static double TakeOver(MemberStats[] members)
    {
        var ends = members.Where(member => member.RefusedCount > 0).Select(member => member.LastAtMs).Order().ToArray();
        var others = members.Length - ends.Length;
        if (ends.Length < TakeOverRefusedMin || others == 0)
        {
            return 0;
        }

        var end = ends[ends.Length / 2];
        return members.Count(member => member.RefusedCount == 0 && member.FirstAtMs >= end - (DayMs / 4) && member.FirstAtMs <= end + (2 * DayMs)) / (double)others;
    }
}
