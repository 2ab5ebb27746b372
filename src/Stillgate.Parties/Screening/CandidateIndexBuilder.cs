using System.Collections.Frozen;

namespace Stillgate.Parties.Screening;

/// <summary>Collects postings for <see cref="CandidateIndex"/>.</summary>
internal sealed class CandidateIndexBuilder
{
    private readonly Dictionary<ulong, List<int>> _postings = [];
    private int _count;

    public void Add(int number, NameProfile profile)
    {
        _count++;
        NameKeys.Each(profile, (key, _) =>
        {
            if (!_postings.TryGetValue(key, out var list))
            {
                _postings[key] = list = [];
            }

            if (list.Count == 0 || list[^1] != number)
            {
                list.Add(number);
            }
        });
    }

    public CandidateIndex Build(int names) =>
        new(_postings.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray()), Math.Max(1, _count), names);
}
