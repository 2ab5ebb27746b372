using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Stillgate.Parties.Screening;

/// <summary>Postings from keys to names, weighed by rarity, and a bounded search over them.</summary>
internal sealed class CandidateIndex(FrozenDictionary<ulong, int[]> postings, int count, int names)
{
    /// <summary>How many candidates are judged at most; recall against it is measured in docs/figures/parties.md.</summary>
    public const int CandidatesMax = 20;

    // A name that shares less than this part of what the best one shares is no rival.
    private const float ShareOfBestMin = 0.3f;

    // Common keys are read last and only while this many postings have not been read, which bounds the time of one search.
    private const int PostingsMax = 8_000;

    // Bounded by the number of searches that run at once.
    private readonly ConcurrentBag<Scratch> _scratches = [];

    /// <summary>The numbers of the names that share the most and rarest keys with the profile.</summary>
    public int[] Propose(NameProfile profile)
    {
        var keys = new List<(int[] Postings, float Weight)>();
        NameKeys.Each(profile, (key, weight) =>
        {
            if (postings.TryGetValue(key, out var list))
            {
                keys.Add((list, weight * MathF.Log(1 + ((float)count / list.Length))));
            }
        });
        keys.Sort((left, right) => left.Postings.Length.CompareTo(right.Postings.Length));
        var scratch = _scratches.TryTake(out var idle) ? idle : new Scratch(names);
        var read = 0;
        foreach (var (list, weight) in keys)
        {
            read += list.Length;
            if (read > PostingsMax && scratch.Touched.Count > 0)
            {
                break;
            }

            scratch.Add(list, weight);
        }

        var best = scratch.TakeBest(CandidatesMax);
        _scratches.Add(scratch);
        return best;
    }

    /// <summary>One search's sums; as long as there are names, so that adding is one write.</summary>
    private sealed class Scratch(int names)
    {
        private readonly float[] _sums = new float[names];
        private readonly PriorityQueue<int, (float Sum, int Number)> _best = new();

        public List<int> Touched { get; } = [];

        public void Add(int[] list, float weight)
        {
            foreach (var number in list)
            {
                if (_sums[number] == 0)
                {
                    Touched.Add(number);
                }

                _sums[number] += weight;
            }
        }

        public int[] TakeBest(int most)
        {
            var least = (Sum: float.NegativeInfinity, Number: 0);
            foreach (var number in CollectionsMarshal.AsSpan(Touched))
            {
                // Nearly all fall short of the least of the best so far, which one comparison shows.
                var sum = _sums[number];
                _sums[number] = 0;
                if (_best.Count < most)
                {
                    _best.Enqueue(number, (sum, -number));
                }
                else if (sum > least.Sum || (sum == least.Sum && -number > least.Number))
                {
                    _best.EnqueueDequeue(number, (sum, -number));
                }
                else
                {
                    continue;
                }

                _best.TryPeek(out _, out least);
            }

            Touched.Clear();
            var taken = new (int Number, float Sum)[_best.Count];
            for (var at = taken.Length - 1; at >= 0; at--)
            {
                _best.TryDequeue(out var number, out var rank);
                taken[at] = (number, rank.Sum);
            }

            return [.. taken.TakeWhile(candidate => candidate.Sum >= ShareOfBestMin * taken[0].Sum).Select(candidate => candidate.Number)];
        }
    }
}
