using System.Numerics;
using Stillgate.Detection.Exposures;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// What the analysis keeps of a principal: an account, or one end customer of a declared reseller. Counters only, at most about a
/// kilobyte; written by the engine's one thread.
/// </summary>
internal sealed class AccountState
{
    public const int CueCount = 15;
    public const int GapBuckets = 8;

    /// <summary>Address blocks noted of an account: a roaming one would join every group there is.</summary>
    public const int BlocksMax = 3;

    private static readonly long[] GapBounds = [2_000, 10_000, 30_000, 120_000, 600_000, 3_600_000, 28_800_000];

    private readonly ushort[] _cues = new ushort[CueCount];
    private readonly ushort[] _hours = new ushort[24];
    private readonly ushort[] _gaps = new ushort[GapBuckets];
    private readonly byte[] _distinct = new byte[64];
    private ulong _lastContent;
    private ulong _lastConversation;
    private int _attestedMonth;
    private long _attestedTokens;

    public required int Index { get; init; }

    public required string Account { get; init; }

    public string? EndCustomer { get; init; }

    public required RegistrationFacts Registration { get; init; }

    public long Count { get; private set; }

    public long ServedCount { get; private set; }

    public long FirstAtMs { get; private set; }

    public long LastAtMs { get; private set; }

    public string LastExchange { get; private set; } = "";

    public string FirstExchange { get; private set; } = "";

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

    public float[] EmbeddingSum { get; } = new float[SketchedExchange.EmbeddingLength];

    public double EmbeddingSquares { get; private set; }

    public ulong ActiveDays { get; private set; }

    public HeavyAnchors Heavy { get; } = new();

    /// <summary>Identifiers that it shares or may share with others.</summary>
    public List<ulong> Identifiers { get; } = new(2);

    /// <summary>Address blocks that it connects from, the first few.</summary>
    public List<ulong> Blocks { get; } = new(1);

    public string? LastIp { get; set; }

    /// <summary>What it has received, exempt use included: accounting that no judge reads.</summary>
    public ExposureAccount Exposure { get; } = new();

    public AccountEvidence Evidence { get; } = new();

    public ReadOnlySpan<ushort> Cues => _cues;

    public ReadOnlySpan<ushort> Hours => _hours;

    public ReadOnlySpan<ushort> Gaps => _gaps;

    /// <summary>Counts an exchange.</summary>
    public void Observe(SketchedExchange exchange)
    {
        var content = exchange.Content;
        if (Count == 0)
        {
            FirstAtMs = exchange.AtMs;
            FirstExchange = exchange.Id;
        }
        else
        {
            ObserveGap(Math.Max(0, exchange.AtMs - LastAtMs));
        }

        Count++;
        ServedCount += exchange.Served ? 1 : 0;
        LastAtMs = Math.Max(LastAtMs, exchange.AtMs);
        LastExchange = exchange.Id;
        Increment(ref _hours[exchange.AtMs / 3_600_000 % 24]);
        ObserveHour((int)(exchange.AtMs / 3_600_000));
        ActiveDays |= 1UL << (int)Math.Min(63, Math.Max(0, (exchange.AtMs - FirstAtMs) / 86_400_000));
        ObserveContent(content);
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
        FirstAtMs = AttestedCount == 1 && Count == 0 ? exchange.AtMs : FirstAtMs;
        LastAtMs = Math.Max(LastAtMs, exchange.AtMs);
        LastExchange = exchange.Id;
    }

    /// <summary>Whether the exempt use of this calendar month has reached the registered quota.</summary>
    public bool IsOverQuota(long atMs) =>
        Registration.MonthlyQuota is { } quota && _attestedMonth == MonthOf(atMs) && _attestedTokens >= quota;

    /// <summary>Estimated distinct last messages (HyperLogLog with linear counting, Flajolet et al. 2007).</summary>
    public double DistinctEstimate()
    {
        const int registers = 64;
        double sum = 0;
        var zeros = 0;
        foreach (var register in _distinct)
        {
            sum += Math.ScaleB(1, -register);
            zeros += register == 0 ? 1 : 0;
        }

        var estimate = 0.709 * registers * registers / sum;
        return estimate <= 2.5 * registers && zeros > 0 ? registers * Math.Log((double)registers / zeros) : estimate;
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
        ref var register = ref _distinct[mixed >> 58];
        register = Math.Max(register, (byte)(BitOperations.LeadingZeroCount((mixed << 6) | 1) + 1));
        double squares = 0;
        for (var i = 0; i < EmbeddingSum.Length; i++)
        {
            var x = content.Embedding[i] / 127f;
            EmbeddingSum[i] += x;
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

    // Added for the judge's pace and elicitation features: 28 bytes an account.
    private int _lastHour = int.MinValue;
    private int _hourUses;

    /// <summary>Hours of the clock with an exchange.</summary>
    public int ActiveHourCount { get; private set; }

    /// <summary>Sum over those hours of the squared number of exchanges.</summary>
    public long HourSquares { get; private set; }

    /// <summary>Exchanges that ask for reasoning, tasks, trajectories, personas or pairs in any wording known.</summary>
    public long ElicitingCount { get; private set; }
}
