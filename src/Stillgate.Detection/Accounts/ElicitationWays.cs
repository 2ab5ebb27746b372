using System.Numerics;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// In how many ways an account, or several together, ask for what a training set is made of, from the counters that each keeps anyway. An operator who does not
/// know yet what works tries many; whoever knows, and whoever has a product, asks in one.
/// </summary>
/// <param name="Ways">
/// Effective number of cues, of order two: the number of equally common ones that would be as even (Hill, "Diversity and evenness", Ecology 1973). That
/// of order one, the exponential of the entropy, gives more to the few cues that any wording gives by mistake.
/// </param>
/// <param name="Asking">At least so many exchanges give a cue: counters of single cues do not say which exchanges they share.</param>
internal readonly record struct ElicitationWays(double Ways, long Asking)
{
    /// <summary>The reason's code, of an account and of a campaign.</summary>
    public const string Code = "TECHNIQUE_SEARCH";

    /// <summary>
    /// From so many ways on it is a search. Variants of one wish in one language measure up to 6.8, because a cue is guessed from words; searches
    /// of 200 requests through every family measure 7.7 and more (docs/decisions/0084-technique-search.md).
    /// </summary>
    public const double WaysMin = 7;

    // Step-by-step work is asked for everywhere and is no family.
    private const Cues Families = (Cues)((1 << AccountCounters.CueCount) - 1) & ~Cues.StepByStep;
    private const int AskingShare = 6;

    // In so large a share of its requests an account asks that it is what the account is for. Of real benchmarks a sixth give a cue by mistake, of their first 32
    // questions, which are of one subject, up to four in ten.
    private const double HabitShare = 0.5;

    /// <summary>Measures an account.</summary>
    public static ElicitationWays Of(AccountState account) => Of([account]);

    /// <summary>Measures accounts as if they were one.</summary>
    public static ElicitationWays Of(ReadOnlySpan<AccountState> accounts)
    {
        Span<long> counts = stackalloc long[AccountCounters.CueCount];
        counts.Clear();
        long asking = 0;
        foreach (var account in accounts)
        {
            asking += AskingOf(account);
            var cues = account.Cues;
            for (var cue = 0; cue < counts.Length; cue++)
            {
                counts[cue] += cues[cue];
            }
        }

        return new ElicitationWays(WaysOf(counts), asking);
    }

    /// <summary>Whether they show a search in an account. One that was at rest goes back to it.</summary>
    public static bool ShowsIn(AccountState account)
    {
        var wasAtRest = account.IsAtRest;
        var isSearch = Of(account).IsSearch(account);
        if (wasAtRest)
        {
            account.Rest();
        }

        return isSearch;
    }

    /// <summary>
    /// Whether the account searches: many ways, in a sixth of its exchanges or more. An account with one wrapper, whose cues a sketch takes now for this
    /// family and now for that, sends the wrapper as often as it asks, and is none.
    /// </summary>
    public bool IsSearch(AccountState account) => IsSearch(account.Count, account.HighestUse);

    /// <summary>Whether so many exchanges are a search.</summary>
    /// <param name="exchanges">All of them.</param>
    /// <param name="highestUse">How many of them have the commonest passage of prompt.</param>
    public bool IsSearch(long exchanges, long highestUse) =>
        Ways >= WaysMin && Asking * AskingShare >= exchanges && highestUse * 3 <= Asking * 2;

    /// <summary>
    /// Whether asking for training data is what the account does, and not what a part of its requests look like.
    /// A wrapper's cue is taken now for this family and now for that, so the families are added up.
    /// </summary>
    public static bool IsHabitOf(AccountState account) =>
        account.StrongCueCount + CountsOf(account, Families & ~CueGroups.Strong & ~Cues.Judge).Sum() >= HabitShare * account.Count;

    private static long AskingOf(AccountState account) => Math.Max(account.StrongCueCount, CountsOf(account, Families).Max());

    private static IEnumerable<long> CountsOf(AccountState account, Cues cues)
    {
        for (var rest = (uint)cues; rest != 0; rest &= rest - 1)
        {
            yield return account.Cues[BitOperations.TrailingZeroCount(rest)];
        }
    }

    private static double WaysOf(ReadOnlySpan<long> counts)
    {
        double sum = 0, squares = 0;
        for (var rest = (uint)Families; rest != 0; rest &= rest - 1)
        {
            double count = counts[BitOperations.TrailingZeroCount(rest)];
            sum += count;
            squares += count * count;
        }

        return sum > 0 ? sum * sum / squares : 0;
    }
}
