namespace Stillgate.Detection.Evidence;

/// <summary>
/// The highest scores that legitimate groups reach: what group controls are made of. What the same accounts share in many ways makes many
/// groups of them, which rise and fall together. So a control is a community: groups of one log of which each holds half of the accounts of
/// another, or is half held by it, taken together. Counted apart, one company that looks odd would be as many odd controls as its prompt has passages.
/// </summary>
internal sealed class GroupLives
{
    private const double OverlapMin = 0.5;
    private readonly Dictionary<(string Log, string Group), (string[] Members, GroupLife Life)> _groups = [];

    /// <summary>Notes what a group scored at a look.</summary>
    /// <param name="log">The log: accounts of two logs are never the same.</param>
    /// <param name="group">The group, the same at each of its looks.</param>
    /// <param name="members">Accounts measured.</param>
    /// <param name="look">Its scores.</param>
    public void Note(string log, string group, IReadOnlyList<string> members, GroupLife look)
    {
        var life = _groups.TryGetValue((log, group), out var known) ? known.Life.With(look) : look;
        _groups[(log, group)] = ([.. members], life);
    }

    /// <summary>The highest scores of each community. A group with even one member left out is left out: its score may be that member's doing.</summary>
    /// <param name="left">Accounts left out.</param>
    public IReadOnlyList<GroupLife> Communities(IReadOnlySet<string> left)
    {
        var communities = new List<GroupLife>();
        foreach (var log in _groups.Where(group => !group.Value.Members.Any(left.Contains)).GroupBy(group => group.Key.Log, group => group.Value))
        {
            var groups = log.ToArray();
            var roots = Roots([.. groups.Select(group => group.Members)]);
            communities.AddRange(groups.Zip(roots).GroupBy(pair => pair.Second, pair => pair.First.Life).Select(lives => lives.Aggregate((one, other) => one.With(other))));
        }

        return communities;
    }

    private static int[] Roots(string[][] groups)
    {
        var roots = Enumerable.Range(0, groups.Length).ToArray();
        var seen = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var common = new Dictionary<int, int>();
        for (var group = 0; group < groups.Length; group++)
        {
            common.Clear();
            foreach (var member in groups[group])
            {
                if (!seen.TryGetValue(member, out var earlier))
                {
                    seen[member] = earlier = [];
                }

                foreach (var other in earlier)
                {
                    common[other] = common.GetValueOrDefault(other) + 1;
                }

                earlier.Add(group);
            }

            foreach (var (other, count) in common)
            {
                if (count >= OverlapMin * Math.Min(groups[group].Length, groups[other].Length))
                {
                    var (a, b) = (Root(roots, group), Root(roots, other));
                    roots[Math.Max(a, b)] = Math.Min(a, b);
                }
            }
        }

        return [.. groups.Select((_, group) => Root(roots, group))];
    }

    private static int Root(int[] roots, int group)
    {
        while (roots[group] != group)
        {
            group = roots[group] = roots[roots[group]];
        }

        return group;
    }
}
