using System.Numerics;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Background;

/// <summary>
/// When the users of a prompt are so many and so unrelated that sharing it says nothing. The numbers are the price of making one's own
/// prompt background (<c>docs/signals.md</c>): they may be raised, and lowering one needs a reason.
/// </summary>
internal static class IndependenceRule
{
    /// <summary>So many independent users are needed at least.</summary>
    public const int IndependentMin = 16;

    /// <summary>And so large a share of all users: whoever brings decoys brings two for each account that they are to hide.</summary>
    public const double ShareMin = 2.0 / 3;

    /// <summary>Share of the variance of subjects that lies between the users: shards of one list have none.</summary>
    public const double SubjectShareMin = 0.15;

    /// <summary>An account so young says nothing yet.</summary>
    public const int AgeDaysMin = 14;

    /// <summary>Nor does one with so few exchanges.</summary>
    public const int ExchangesMin = 32;

    /// <summary>Nor one that was active on so few days.</summary>
    public const int ActiveDaysMin = 3;

    // A prompt whose users ask for written-out reasoning is never learnt: an operator may add it by hand.
    private const int StrongCueShareDivisor = 10;
    private const long DayMs = 86_400_000;
    private const long MinuteMs = 60_000;

    /// <summary>Looks at a sample of a prompt's users.</summary>
    /// <param name="users">The sample; every one counts, whatever is known of it.</param>
    /// <param name="clockMs">Now, in the log's time.</param>
    /// <returns>How independent they are.</returns>
    public static IndependenceTally Tally(IReadOnlyList<AccountState> users, long clockMs)
    {
        var taken = new Dictionary<(Fact Kind, ulong Value), int>();
        foreach (var user in users)
        {
            foreach (var fact in FactsOf(user))
            {
                taken[fact] = taken.GetValueOrDefault(fact) + 1;
            }
        }

        var independent = users.Where(user => IsEstablished(user, clockMs) && FactsOf(user).All(fact => taken[fact] == 1)).ToArray();
        return new IndependenceTally(users.Count, independent.Length, independent.Length < 2 ? 0 : SubjectShare(independent));
    }

    private static bool IsEstablished(AccountState user, long clockMs) =>
        user.Registration.CreatedAtMs is { } created
        && user.Registration.Identifiers.Payment != 0
        && user.Blocks.Count > 0
        && clockMs - created >= AgeDaysMin * DayMs
        && user.Count >= ExchangesMin
        && BitOperations.PopCount(user.ActiveDays) >= ActiveDaysMin
        && user.StrongCueCount * StrongCueShareDivisor <= user.Count
        && user.Found.Verdict != Verdict.Harvest
        && user.Found.Group is null;

    /// <summary>What an account must share with no other user. Facts that are not known are not shared; an account that lacks the main ones is not established.</summary>
    private static IEnumerable<(Fact Kind, ulong Value)> FactsOf(AccountState user)
    {
        var registration = user.Registration;
        if (registration.Identifiers.Payment is not 0 and var payment)
        {
            yield return (Fact.Payment, payment);
        }

        if (registration.Identifiers.EmailPattern is not 0 and var pattern)
        {
            yield return (Fact.EmailPattern, pattern);
        }

        if (registration.Organization is not 0 and var organization)
        {
            yield return (Fact.Organization, organization);
        }

        if (registration.CreatedAtMs is { } created)
        {
            yield return (Fact.RegistrationDay, (ulong)(created / DayMs));
        }

        yield return (Fact.StartMinute, (ulong)(user.FirstAtMs / MinuteMs));
        foreach (var block in user.Blocks)
        {
            yield return (Fact.AddressBlock, block);
        }
    }

    /// <summary>
    /// Intraclass correlation of the subject vectors by account, from a one-way analysis of variance (Fisher 1925): 0 where accounts deal
    /// with the same things, towards 1 where each has things of its own.
    /// </summary>
    private static double SubjectShare(AccountState[] users)
    {
        Span<double> total = stackalloc double[SketchedExchange.EmbeddingLength];
        total.Clear();
        double n = 0, squares = 0, explained = 0, sizes = 0;
        foreach (var user in users)
        {
            n += user.Count;
            sizes += (double)user.Count * user.Count;
            squares += user.EmbeddingSquares;
            double own = 0;
            for (var i = 0; i < total.Length; i++)
            {
                total[i] += user.EmbeddingSum[i];
                own += (double)user.EmbeddingSum[i] * user.EmbeddingSum[i];
            }

            explained += own / user.Count;
        }

        double mean = 0;
        foreach (var sum in total)
        {
            mean += sum * sum;
        }

        mean /= n;
        var between = Math.Max(0, explained - mean) / (users.Length - 1);
        var within = Math.Max(0, squares - explained) / Math.Max(1, n - users.Length);
        var typical = (n - (sizes / n)) / (users.Length - 1);
        var spread = Math.Max(0, (between - within) / typical);
        return spread + within > 0 ? spread / (spread + within) : 0;
    }

    private enum Fact
    {
        Payment,
        EmailPattern,
        Organization,
        RegistrationDay,
        StartMinute,
        AddressBlock,
    }
}
