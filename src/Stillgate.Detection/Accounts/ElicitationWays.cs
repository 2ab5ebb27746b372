using System.Numerics;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// In how many ways an account asks for what a training set is made of, from the counters that it keeps anyway. An operator who does not know
/// yet what works tries many; whoever knows, and whoever has a product, asks in one.
/// </summary>
/// <param name="Ways">
/// Effective number of cues, of order two: the number of equally common ones that would be as even (Hill, "Diversity and evenness", Ecology 1973). That
/// of order one, the exponential of the entropy, gives more to the few cues that any wording gives by mistake.
/// </param>
/// <param name="Asking">At least so many exchanges give a cue: counters of single cues do not say which exchanges they share.</param>
internal readonly record struct ElicitationWays(double Ways, long Asking)
{
    /// <summary>
    /// From so many ways on it is a search. Variants of one wish in one language measure up to 6.8, because a cue is guessed from words; searches
    /// of 200 requests through every family measure 7.7 and more (docs/decisions/0084-technique-search.md).
    /// </summary>
    public const double WaysMin = 7;

    // Step-by-step work is asked for everywhere and is no family.
    private const Cues Families = (Cues)((1 << AccountCounters.CueCount) - 1) & ~Cues.StepByStep;
    private const int AskingShare = 6;

    /// <summary>Measures an account.</summary>
    public static ElicitationWays Of(AccountState account)
    {
        double sum = 0, squares = 0;
        var asking = account.StrongCueCount;
        for (var rest = (uint)Families; rest != 0; rest &= rest - 1)
        {
            double count = account.Cues[BitOperations.TrailingZeroCount(rest)];
            asking = Math.Max(asking, (long)count);
            sum += count;
            squares += count * count;
        }

        return new ElicitationWays(sum > 0 ? sum * sum / squares : 0, asking);
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
    public bool IsSearch(AccountState account) =>
        Ways >= WaysMin && Asking * AskingShare >= account.Count && account.HighestUse * 3L <= Asking * 2L;
}
