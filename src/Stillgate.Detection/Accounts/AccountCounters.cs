using System.Numerics;
using System.Runtime.CompilerServices;
using Stillgate.Detection.Exposures;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// The counters of one account, as they are while it is active. <see cref="Pack"/> writes them into some hundred bytes, and
/// <see cref="Unpack"/> gives back exactly the same: sums of fractions bit for bit.
/// </summary>
internal sealed partial class AccountCounters
{
    public const int CueCount = 15;
    public const int GapBuckets = 8;

    /// <summary>More than any account's counters take when packed: an exposure at its largest, forty anchors, and the rest.</summary>
    public const int PackedBytesMax = ExposureAccount.BytesMax * 2;

    private const int HourCount = 24;
    private const int Registers = 64;

    private static readonly long[] GapBounds = [2_000, 10_000, 30_000, 120_000, 600_000, 3_600_000, 28_800_000];

    private CueCounters _cues;
    private HourCounters _hours;
    private GapCounters _gaps;
    private DistinctRegisters _distinct;
    private SubjectSum _embeddingSum;
    private ulong _lastContent;
    private ulong _lastConversation;
    private int _attestedMonth;
    private long _attestedTokens;
    private int _lastHour = int.MinValue;
    private int _hourUses;

    public long ServedCount { get; private set; }

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

    /// <summary>Exchanges that ask for reasoning, tasks, trajectories, personas or pairs in any wording known.</summary>
    public long ElicitingCount { get; private set; }

    /// <summary>Hours of the clock with an exchange.</summary>
    public int ActiveHourCount { get; private set; }

    /// <summary>Sum over those hours of the squared number of exchanges.</summary>
    public long HourSquares { get; private set; }

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
        Increment(ref _hours[(int)(exchange.AtMs / 3_600_000 % HourCount)]);
        ObserveHour((int)(exchange.AtMs / 3_600_000));
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
        LastAtMs = Math.Max(LastAtMs, exchange.AtMs);
        LastExchange = exchange.Id;
    }

    /// <summary>Tokens of exempt use in the calendar month of a time, or null where there are none.</summary>
    public long? AttestedTokensIn(long atMs) => _attestedMonth == MonthOf(atMs) ? _attestedTokens : null;

    /// <summary>Estimated distinct last messages (HyperLogLog with linear counting, Flajolet et al. 2007).</summary>
    public double DistinctEstimate()
    {
        double sum = 0;
        var zeros = 0;
        foreach (var register in _distinct)
        {
            sum += Math.ScaleB(1, -register);
            zeros += register == 0 ? 1 : 0;
        }

        var estimate = 0.709 * Registers * Registers / sum;
        return estimate <= 2.5 * Registers && zeros > 0 ? Registers * Math.Log((double)Registers / zeros) : estimate;
    }

    // A late record of an hour that has passed counts in the present one: the log is in order but for moments.
    private void ObserveHour(int hour)
    {
        if (hour > _lastHour)
        {
            ActiveHourCount++;
            _lastHour = hour;
            _hourUses = 0;
        }

        // The sum of squares grows by (n + 1)^2 - n^2 as the hour's count does.
        HourSquares += (2 * _hourUses) + 1;
        _hourUses++;
    }

    private void ObserveContent(SketchContent content)
    {
        OutputTokens += content.OutputTokenCount;
        ReasoningTokens += content.ReasoningTokenCount;
        LongAnswerCount += content.OutputTokenCount >= 256 ? 1 : 0;
        if (content.ContentId == 0)
        {
            // A log without content: what was asked is not known, and nothing is held to be alike or distinct.
            return;
        }

        var continues = (content.Traits & RequestTraits.Continuation) != 0 || content.UserTurnCount > 1;
        SingleTurnCount += continues ? 0 : 1;
        ToolTurnCount += (content.Traits & RequestTraits.ToolTurn) != 0 ? 1 : 0;
        ConversationSwitches += content.ConversationId != _lastConversation ? 1 : 0;
        ResampleCount += (content.ContentId == _lastContent && content.ConversationId == _lastConversation) || content.CompletionCount > 1 ? 1 : 0;
        _lastContent = content.ContentId;
        _lastConversation = content.ConversationId;
        for (var rest = (uint)content.Cues; rest != 0; rest &= rest - 1)
        {
            Increment(ref _cues[BitOperations.TrailingZeroCount(rest)]);
        }

        StrongCueCount += (content.Cues & CueGroups.Strong) != 0 ? 1 : 0;
        ElicitingCount += (content.Cues & CueGroups.Eliciting) != 0 ? 1 : 0;
        var mixed = content.ContentId * 0x9E3779B97F4A7C15;
        ref var register = ref _distinct[(int)(mixed >> 58)];
        register = Math.Max(register, (byte)(BitOperations.LeadingZeroCount((mixed << 6) | 1) + 1));
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

    [InlineArray(Registers)]
    private struct DistinctRegisters
    {
        private byte _first;
    }

    [InlineArray(SketchedExchange.EmbeddingLength)]
    private struct SubjectSum
    {
        private float _first;
    }
}
