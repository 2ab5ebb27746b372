using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Exposures;

/// <summary>
/// What a principal has received. A counter for every domain; and for the answers that weigh something, their subjects: as they are while
/// they are few (24 bytes each), summed to a matrix of about a kilobyte for a domain that has many. At most
/// <see cref="BytesMax"/> bytes, and none but a reference for an account with short answers alone.
/// </summary>
internal sealed class ExposureAccount
{
    public const int Domains = 5;

    /// <summary>Lighter answers, which make no training set of traces, are in the counter alone.</summary>
    public const double SubjectWeightMin = 0.01;

    /// <summary>Answers kept as they are.</summary>
    public const int WaitingMax = 32;

    public const int BytesMax = (WaitingMax * 24) + (Domains * (GramMatrix.Bytes + sizeof(long) + sizeof(long))) + 160;

    private readonly long[] _weights = new long[Domains];
    private GramMatrix?[]? _matrices;
    private Waiting[]? _waiting;
    private int _waitingCount;

    /// <summary>What <see cref="ExposureUnion"/> last found for this principal by itself; null since it received more.</summary>
    public ExposureUnits? Known { get; set; }

    /// <summary>Counts an answer.</summary>
    public void Observe(SketchedExchange exchange)
    {
        if (!exchange.Served)
        {
            return;
        }

        var content = exchange.Content;
        var share = AnswerWeight.Of(content);
        var weight = (int)Math.Round(share * GramMatrix.WeightUnit);
        var domain = (int)AnswerWeight.Domain(content);
        _weights[domain] += weight;
        Known = null;
        if (share < SubjectWeightMin)
        {
            return;
        }

        if (_matrices?[domain] is { } matrix)
        {
            matrix.Add(content.Embedding, weight);
            return;
        }

        Wait(content.Embedding, weight, domain);
    }

    /// <summary>Adds what this principal received in a domain to a sum.</summary>
    public void AddTo(int domain, GramMatrix sum)
    {
        if (_matrices?[domain] is { } matrix)
        {
            sum.Add(matrix);
        }

        for (var i = 0; i < _waitingCount; i++)
        {
            if (_waiting![i].Domain == domain)
            {
                sum.Add(_waiting[i].Subject, _waiting[i].Weight);
            }
        }
    }

    /// <summary>The counter of a domain, in <see cref="GramMatrix.WeightUnit"/>s of a full trace.</summary>
    public long Weight(int domain) => _weights[domain];

    /// <summary>Whether anything but the counters is kept.</summary>
    public bool HasSubjects => _waitingCount > 0 || _matrices is not null;

    private void Wait(ReadOnlySpan<sbyte> subject, int weight, int domain)
    {
        if (_waitingCount == WaitingMax)
        {
            SumLargestDomain();
            if (_matrices![domain] is { } matrix)
            {
                matrix.Add(subject, weight);
                return;
            }
        }

        _waiting ??= new Waiting[4];
        if (_waitingCount == _waiting.Length)
        {
            Array.Resize(ref _waiting, Math.Min(WaitingMax, _waitingCount * 2));
        }

        ref var slot = ref _waiting[_waitingCount++];
        slot.Weight = weight;
        slot.Domain = domain;
        subject.CopyTo(slot.Writable);
    }

    // Whichever domain has most of what waits: at least a fifth of it, so that room is made every time.
    private void SumLargestDomain()
    {
        Span<int> counts = stackalloc int[Domains];
        counts.Clear();
        foreach (var one in _waiting.AsSpan(0, _waitingCount))
        {
            counts[one.Domain]++;
        }

        var largest = 0;
        for (var domain = 1; domain < Domains; domain++)
        {
            largest = counts[domain] > counts[largest] ? domain : largest;
        }

        _matrices ??= new GramMatrix?[Domains];
        var matrix = _matrices[largest] ??= new GramMatrix();
        var kept = 0;
        for (var i = 0; i < _waitingCount; i++)
        {
            if (_waiting![i].Domain == largest)
            {
                matrix.Add(_waiting[i].Subject, _waiting[i].Weight);
            }
            else
            {
                _waiting[kept++] = _waiting[i];
            }
        }

        // Most accounts stay with one domain: what waited for it is not kept room for.
        _waitingCount = kept;
        _waiting = kept == 0 ? null : _waiting![..kept];
    }

    [InlineArray(GramMatrix.Size)]
    private struct Vector
    {
        private sbyte _first;
    }

    private struct Waiting
    {
        public int Weight;
        public int Domain;
        private Vector _subject;

        [UnscopedRef]
        public Span<sbyte> Writable => _subject;

        [UnscopedRef]
        public readonly ReadOnlySpan<sbyte> Subject => _subject;
    }
}
