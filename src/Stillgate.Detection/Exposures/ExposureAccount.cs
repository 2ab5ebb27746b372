using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Exposures;

/// <summary>
/// What a principal has received. A counter for every domain; and for the answers that weigh something, their subjects: as they are while
/// they are few (20 bytes each), summed to a matrix of about a kilobyte for a domain that has many. At most
/// <see cref="BytesMax"/> bytes, and none but a reference for an account with short answers alone.
/// </summary>
internal sealed class ExposureAccount
{
    public const int Domains = 5;

    /// <summary>Lighter answers, which make no training set of traces, are in the counter alone.</summary>
    public const double SubjectWeightMin = 0.01;

    /// <summary>Answers kept as they are.</summary>
    public const int WaitingMax = 32;

    public const int BytesMax = (WaitingMax * 20) + (Domains * (GramMatrix.Bytes + sizeof(long) + sizeof(long))) + 160;

    private Counters _weights;
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

    /// <summary>Writes everything.</summary>
    public void Write(StateWriter into)
    {
        var matrices = 0u;
        for (var domain = 0; domain < Domains; domain++)
        {
            into.Number((ulong)_weights[domain]);
            matrices |= _matrices?[domain] is null ? 0 : 1u << domain;
        }

        into.Number(matrices);
        foreach (var matrix in _matrices ?? [])
        {
            matrix?.Write(into);
        }

        into.Number((ulong)_waitingCount);
        foreach (ref readonly var one in _waiting.AsSpan(0, _waitingCount))
        {
            into.Number((ulong)one.Weight);
            into.Number((ulong)one.Domain);
            into.Bytes(MemoryMarshal.AsBytes(one.Subject));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ExposureAccount Read(ref StateReader from)
    {
        var exposure = new ExposureAccount();
        for (var domain = 0; domain < Domains; domain++)
        {
            exposure._weights[domain] = (long)from.Number();
        }

        var matrices = from.Count((1 << Domains) - 1);
        exposure._matrices = matrices == 0 ? null : new GramMatrix?[Domains];
        for (var domain = 0; domain < Domains; domain++)
        {
            if ((matrices >> domain & 1) != 0)
            {
                exposure._matrices![domain] = GramMatrix.Read(ref from);
            }
        }

        exposure._waitingCount = from.Count(WaitingMax);
        exposure._waiting = exposure._waitingCount == 0 ? null : new Waiting[exposure._waitingCount];
        for (var i = 0; i < exposure._waitingCount; i++)
        {
            ref var slot = ref exposure._waiting![i];
            slot.Set(from.Count(GramMatrix.WeightUnit), from.Count(Domains - 1));
            MemoryMarshal.Cast<byte, sbyte>(from.Bytes(GramMatrix.Size)).CopyTo(slot.Writable);
        }

        return exposure;
    }

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

        _waiting ??= new Waiting[2];
        if (_waitingCount == _waiting.Length)
        {
            Array.Resize(ref _waiting, Math.Min(WaitingMax, _waitingCount + Math.Max(2, _waitingCount / 2)));
        }

        ref var slot = ref _waiting[_waitingCount++];
        slot.Set(weight, domain);
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

    [InlineArray(Domains)]
    private struct Counters
    {
        private long _first;
    }

    private struct Waiting
    {
        private const int DomainBits = 3;

        // A weight has 17 bits: that of a full trace is the largest.
        private int _weightAndDomain;
        private Vector _subject;

        public readonly int Weight => _weightAndDomain >> DomainBits;

        public readonly int Domain => _weightAndDomain & ((1 << DomainBits) - 1);

        public void Set(int weight, int domain) => _weightAndDomain = (weight << DomainBits) | domain;

        [UnscopedRef]
        public Span<sbyte> Writable => _subject;

        [UnscopedRef]
        public readonly ReadOnlySpan<sbyte> Subject => _subject;
    }
}
