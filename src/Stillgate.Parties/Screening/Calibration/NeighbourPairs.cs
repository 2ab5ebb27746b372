using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>
/// Names of different parties that the candidate search puts next to each other: what a reviewer would see as false hits. The search uses no
/// fitted weight, so the pairs do not depend on the model.
/// </summary>
internal static class NeighbourPairs
{
    private const int Nearest = 6;

    /// <summary>Listed names against the nearest of other people, none of whom is listed.</summary>
    public static IEnumerable<PairSample> Make(string source, ListEntry[] listed, string[] others, EntitySchema schema, int max, Random random)
    {
        var profiles = others.Select(name => NameProfile.Read(name, schema)).ToArray();
        var builder = new CandidateIndexBuilder();
        for (var at = 0; at < profiles.Length; at++)
        {
            builder.Add(at, profiles[at]);
        }

        var index = builder.Build(profiles.Length);
        var order = listed.ToArray();
        random.Shuffle(order);
        foreach (var entry in order.Take(max))
        {
            var own = entry.Names.Select(name => NameProfile.Read(name.Text, schema)).ToArray();
            var near = index.Propose(own[0]).Where(number => !own.Any(name => IsSame(name, profiles[number]))).Take(Nearest).ToArray();
            if (near.Length > 0)
            {
                yield return new PairSample(entry.Names[0].Text, others[near[random.Next(near.Length)]], schema, false, source, "neighbour", entry.Id);
            }
        }
    }

    private static bool IsSame(NameProfile left, NameProfile right) =>
        left.SortedKey == right.SortedKey || left.Joined == right.Joined || SoundKey.Of(left.Joined) == SoundKey.Of(right.Joined)
        || left.Tokens.Select(token => token.Sound).ToHashSet(StringComparer.Ordinal).SetEquals(right.Tokens.Select(token => token.Sound));
}
