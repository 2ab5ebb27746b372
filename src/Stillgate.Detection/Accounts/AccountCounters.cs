using System.Numerics;
using System.Runtime.CompilerServices;
using Stillgate.Detection.Exposures;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// The counters of one account, as they are while it is active. <see cref="Pack"/> writes them into some hundred bytes, and
/// <see cref="Unpack"/> gives back exactly the same: sums of fractions bit for bit.
/// </summary>
internal sealed class AccountCounters
{
    public const int CueCount = 14;
    public const int GapBuckets = 8;

    /// <summary>More than any account's counters take when packed: an exposure at its largest, forty anchors, and the rest.</summary>
    public const int PackedBytesMax = ExposureAccount.BytesMax * 2;

    private const int HourCount = 24;

    private static readonly long[] GapBounds = [2_000, 10_000, 30_000, 120_000, 600_000, 3_600_000, 28_800_000];

    private CueCounters _cues;
    private HourCounters _hours;
    private GapCounters _gaps;
    private DistinctCounter _distinct;
    private SubjectSum _embeddingSum;
    private ulong _lastContent;
    private ulong _lastConversation;
    private int _attestedMonth;
    private long _attestedTokens;

    public long ServedCount { get; private set; }

    /// <summary>When its last exchange was that is judged. Exempt ones do not move it: they would make the gaps before the others short, and a person beside a running evaluation a machine.</summary>
    public long LastAtMs { get; private set; }

    public string LastExchange { get; private set; } = "";

    public long SingleTurnCount { get; private set; }

    public long ToolTurnCount { get; private set; }

    public long ConversationSwitches { get; private set; }

    public long ResampleCount { get; private set; }

    public long OutputTokens { get; private set; }

    public long ReasoningTokens { get; private set; }

    public long LongAnswerCount { get; private set; }

    public long StrongCueCount { get; private set; }

    public long AttestedCount { get; private set; }

    public long AttestedOutputTokens { get; private set; }

    public double GapLogSum { get; private set; }

    public double GapLogSquares { get; private set; }

    public double EmbeddingSquares { get; private set; }

    public ulong ActiveDays { get; private set; }

    /// <summary>Hash of the address of the last exchange that had a new one.</summary>
    public ulong LastAddress { get; set; }

    public HeavyAnchors Heavy { get; private init; } = new();

    public ExposureAccount Exposure { get; private init; } = new();

    public ReadOnlySpan<float> EmbeddingSum => _embeddingSum;

    public ReadOnlySpan<ushort> Cues => _cues;

    public ReadOnlySpan<ushort> Hours => _hours;

    public ReadOnlySpan<ushort> Gaps => _gaps;

    /// <summary>Counts an exchange.</summary>
    public void Observe(SketchedExchange exchange, long firstAtMs, bool isFirst)
    {
        if (!isFirst)
        {
            ObserveGap(Math.Max(0, exchange.AtMs - LastAtMs));
        }

        ServedCount += exchange.Served ? 1 : 0;
        LastAtMs = Math.Max(LastAtMs, exchange.AtMs);
        LastExchange = exchange.Id;
        var seconds = exchange.AtMs / 1000;
        Increment(ref _hours[(int)(seconds / 3600 % HourCount)]);
        ActiveDays |= 1UL << (int)Math.Min(63, Math.Max(0, (exchange.AtMs - firstAtMs) / 86_400_000));
        ObserveContent(exchange.Content);
    }

    /// <summary>Counts an exchange under a registered exemption: for exposure only.</summary>
    public void CountAttested(SketchedExchange exchange)
    {
        var month = MonthOf(exchange.AtMs);
        _attestedTokens = month == _attestedMonth ? _attestedTokens : 0;
        _attestedMonth = month;
        _attestedTokens += exchange.Content.InputTokenCount + exchange.Content.OutputTokenCount;
        AttestedCount++;
        AttestedOutputTokens += exchange.Content.OutputTokenCount;
        LastExchange = exchange.Id;
    }

    /// <summary>Tokens of exempt use in the calendar month of a time, or null where there are none.</summary>
    public long? AttestedTokensIn(long atMs) => _attestedMonth == MonthOf(atMs) ? _attestedTokens : null;

    /// <summary>Estimated distinct last messages.</summary>
    public double DistinctEstimate() => _distinct.Estimate();

    private void ObserveContent(SketchContent content)
    {
        var continues = (content.Traits & RequestTraits.Continuation) != 0 || content.UserTurnCount > 1;
        SingleTurnCount += continues ? 0 : 1;
        ToolTurnCount += (content.Traits & RequestTraits.ToolTurn) != 0 ? 1 : 0;
        ConversationSwitches += content.ConversationId != _lastConversation ? 1 : 0;
        ResampleCount += content.ContentId == _lastContent && content.ConversationId == _lastConversation ? 1 : 0;
        _lastContent = content.ContentId;
        _lastConversation = content.ConversationId;
        OutputTokens += content.OutputTokenCount;
        ReasoningTokens += content.ReasoningTokenCount;
        LongAnswerCount += content.OutputTokenCount >= 256 ? 1 : 0;
        for (var rest = (uint)content.Cues; rest != 0; rest &= rest - 1)
        {
            Increment(ref _cues[BitOperations.TrailingZeroCount(rest)]);
        }

        StrongCueCount += (content.Cues & CueGroups.Strong) != 0 ? 1 : 0;
        _distinct.Add(content.ContentId);
        double squares = 0;
        for (var i = 0; i < SketchedExchange.EmbeddingLength; i++)
        {
            var x = content.Embedding[i] / 127f;
            _embeddingSum[i] += x;
            squares += x * x;
        }

        EmbeddingSquares += squares;
    }

    private void ObserveGap(long gapMs)
    {
        var bucket = 0;
        while (bucket < GapBounds.Length && gapMs >= GapBounds[bucket])
        {
            bucket++;
        }

        Increment(ref _gaps[bucket]);
        var log = Math.Log(gapMs + 100);
        GapLogSum += log;
        GapLogSquares += log * log;
    }

    private static int MonthOf(long atMs)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        return (at.Year * 12) + at.Month;
    }

    private static void Increment(ref ushort counter)
    {
        if (counter < ushort.MaxValue)
        {
            counter++;
        }
    }

    /// <summary>Writes the counters.</summary>
    public void Pack(StateWriter into)
    {
        into.Text(LastExchange);
        foreach (var number in (ReadOnlySpan<long>)[ServedCount, LastAtMs, SingleTurnCount, ToolTurnCount, ConversationSwitches, ResampleCount, OutputTokens, ReasoningTokens, LongAnswerCount, StrongCueCount])
        {
            into.Signed(number);
        }

        // Most accounts have no exempt use, and one number says so.
        into.Number((ulong)AttestedCount);
        if (AttestedCount > 0)
        {
            into.Signed(AttestedOutputTokens);
            into.Signed(_attestedMonth);
            into.Signed(_attestedTokens);
        }

        into.Double(GapLogSum);
        into.Double(GapLogSquares);
        into.Double(EmbeddingSquares);
        into.Number(ActiveDays);
        into.Word(LastAddress);
        into.Number(_lastContent);
        into.Number(_lastConversation);
        PackSparse(into, _cues);
        PackSparse(into, _hours);
        PackSparse(into, _gaps);
        _distinct.Write(into);
        SubjectSums.Write(into, _embeddingSum);
        Heavy.Write(into);
        Exposure.Write(into);
    }

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    public static AccountCounters Unpack(ReadOnlySpan<byte> packed)
    {
        var from = new StateReader(packed);
        var counters = new AccountCounters(ref from);
        return from.IsAtEnd ? counters : throw new StateFormatException("an account's counters are longer than expected");
    }

    public AccountCounters()
    {
    }

    private AccountCounters(ref StateReader from)
    {
        LastExchange = from.Text() ?? "";
        (ServedCount, LastAtMs, SingleTurnCount) = (from.Signed(), from.Signed(), from.Signed());
        (ToolTurnCount, ConversationSwitches, ResampleCount) = (from.Signed(), from.Signed(), from.Signed());
        (OutputTokens, ReasoningTokens, LongAnswerCount, StrongCueCount) = (from.Signed(), from.Signed(), from.Signed(), from.Signed());
        AttestedCount = (long)from.Number();
        if (AttestedCount > 0)
        {
            (AttestedOutputTokens, _attestedMonth, _attestedTokens) = (from.Signed(), (int)from.Signed(), from.Signed());
        }

        (GapLogSum, GapLogSquares, EmbeddingSquares) = (from.Double(), from.Double(), from.Double());
        (ActiveDays, LastAddress, _lastContent, _lastConversation) = (from.Number(), from.Word(), from.Number(), from.Number());
        UnpackSparse(ref from, _cues);
        UnpackSparse(ref from, _hours);
        UnpackSparse(ref from, _gaps);
        _distinct = DistinctCounter.Read(ref from);
        SubjectSums.Read(ref from, _embeddingSum);
        Heavy = HeavyAnchors.Read(ref from);
        Exposure = ExposureAccount.Read(ref from);
    }

    // A bit for each counter that is not zero, then those.
    private static void PackSparse(StateWriter into, ReadOnlySpan<ushort> counters)
    {
        ulong used = 0;
        for (var i = 0; i < counters.Length; i++)
        {
            used |= counters[i] != 0 ? 1UL << i : 0;
        }

        into.Number(used);
        foreach (var counter in counters)
        {
            if (counter != 0)
            {
                into.Number(counter);
            }
        }
    }

    private static void UnpackSparse(ref StateReader from, Span<ushort> counters)
    {
        for (var used = from.Number(); used != 0; used &= used - 1)
        {
            var index = BitOperations.TrailingZeroCount(used);
            counters[index < counters.Length ? index : throw new StateFormatException("a counter that this build does not know")] = (ushort)from.Count(ushort.MaxValue);
        }
    }

    [InlineArray(CueCount)]
    private struct CueCounters
    {
        private ushort _first;
    }

    [InlineArray(HourCount)]
    private struct HourCounters
    {
        private ushort _first;
    }

    [InlineArray(GapBuckets)]
    private struct GapCounters
    {
        private ushort _first;
    }

    [InlineArray(SketchedExchange.EmbeddingLength)]
    private struct SubjectSum
    {
        private float _first;
    }
}
