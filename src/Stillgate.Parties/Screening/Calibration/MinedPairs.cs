using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>The nearest names of different parties of one list: same family name, sibling companies, neighbours in spelling.</summary>
internal static class MinedPairs
{
    private const int BlockMax = 60;

    public static IEnumerable<PairSample> Make(string source, ListEntry[] entries, EntitySchema schema, int max, Random random)
    {
        var profiles = entries.Select(entry => NameProfile.Read(entry.Names[0].Text, schema)).ToArray();
        var blocks = Blocks(profiles);
        var order = Enumerable.Range(0, entries.Length).ToArray();
        random.Shuffle(order);
        var made = 0;
        foreach (var at in order)
        {
            if (made >= max)
            {
                yield break;
            }

            var near = Nearest(profiles, entries, blocks, at);
            if (near >= 0)
            {
                made++;
                yield return new PairSample(entries[at].Names[0].Text, entries[near].Names[0].Text, schema, false, source, "mined", entries[at].Id);
            }
        }
    }

    private static Dictionary<string, List<int>> Blocks(NameProfile[] profiles)
    {
        var blocks = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var at = 0; at < profiles.Length; at++)
        {
            foreach (var key in profiles[at].Tokens.Where(token => token.Kind == WordKind.Name).Select(token => token.Sound).Distinct(StringComparer.Ordinal))
            {
                if (!blocks.TryGetValue(key, out var block))
                {
                    blocks[key] = block = [];
                }

                block.Add(at);
            }
        }

        return blocks;
    }

    private static int Nearest(NameProfile[] profiles, ListEntry[] entries, Dictionary<string, List<int>> blocks, int at)
    {
        var best = (At: -1, Distance: double.MaxValue);
        foreach (var token in profiles[at].Tokens.Where(token => token.Kind == WordKind.Name))
        {
            if (!blocks.TryGetValue(token.Sound, out var block))
            {
                continue;
            }

            foreach (var other in block.Take(BlockMax))
            {
                if (other == at || AreRelated(entries[at], entries[other], profiles[at], profiles[other]))
                {
                    continue;
                }

                var distance = EditDistance.Of(profiles[at].SortedKey, profiles[other].SortedKey) / Math.Max(profiles[at].SortedKey.Length, profiles[other].SortedKey.Length);
                if (distance < best.Distance)
                {
                    best = (other, distance);
                }
            }
        }

        return best.At;
    }

    /// <summary>Two entries with a name in common may be one party listed twice, so they prove nothing.</summary>
    private static bool AreRelated(ListEntry left, ListEntry right, NameProfile one, NameProfile other)
    {
        if (one.SortedKey == other.SortedKey || one.Joined == other.Joined || SoundKey.Of(one.Joined) == SoundKey.Of(other.Joined))
        {
            return true;
        }

        var names = left.Names.Select(name => Latinizer.Fold(Latinizer.Clean(name.Text))).ToHashSet(StringComparer.Ordinal);
        return right.Names.Any(name => names.Contains(Latinizer.Fold(Latinizer.Clean(name.Text))));
    }
}
