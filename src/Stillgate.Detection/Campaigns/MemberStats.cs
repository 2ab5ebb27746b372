using System.Numerics;
using System.Runtime.CompilerServices;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// One account's part in a group: only the exchanges that carry what the group shares, so that cover traffic does not dilute it.
/// </summary>
internal sealed class MemberStats
{
    private const int HourWords = 4;

    // So many hours or fewer are written as a byte each, which is shorter than all the words.
    private const int HoursListedMax = (HourWords * sizeof(ulong)) - 1;
    private SubjectSum _embeddingSum;
    private ActiveHourBits _activeHours;
    private ulong _lastContent;

    /// <summary>Whose part it is; another's once the object is read into again.</summary>
    public required AccountState Account { get; set; }

    /// <summary>Its place in the order in which the members joined.</summary>
    public int Place { get; set; }

    public int Count { get; private set; }

    public int SingleTurnCount { get; private set; }

    public int ToolCount { get; private set; }

    public int StrongCueCount { get; private set; }

    public int TaskCueCount { get; private set; }

    public int JudgeCueCount { get; private set; }

    public int TrajectoryCueCount { get; private set; }

    public int PersonaCueCount { get; private set; }

    public int ResampleCount { get; private set; }

    public int QuickCount { get; private set; }

    public int HumanGapCount { get; private set; }

    public int RefusedCount { get; private set; }

    public long OutputTokens { get; private set; }

    public long ReasoningTokens { get; private set; }

    public long FirstAtMs { get; private set; }

    public long LastAtMs { get; private set; }

    public uint HoursSeen { get; private set; }

    public double EmbeddingSquares { get; private set; }

    public string LatestExchange { get; private set; } = "";

    /// <summary>Hours in which it was active, one bit an hour, 256 hours around.</summary>
    public ReadOnlySpan<ulong> ActiveHours => _activeHours;

    public ReadOnlySpan<float> EmbeddingSum => _embeddingSum;

    /// <summary>Share of the account's exchanges that carry what the group shares.</summary>
    public double Share => Account.Count == 0 ? 0 : Math.Min(1, (double)Count / Account.Count);

    public void Observe(SketchedExchange exchange)
    {
        var content = exchange.Content;
        if (Count == 0)
        {
            FirstAtMs = exchange.AtMs;
        }
        else
        {
            var gapMs = exchange.AtMs - LastAtMs;
            QuickCount += gapMs < 10_000 ? 1 : 0;
            HumanGapCount += gapMs is >= 10_000 and < 600_000 ? 1 : 0;
        }

        Count++;
        LastAtMs = Math.Max(LastAtMs, exchange.AtMs);
        LatestExchange = exchange.Id;
        var hour = (int)(exchange.AtMs / 3_600_000 & 255);
        _activeHours[hour >> 6] |= 1UL << (hour & 63);
        HoursSeen |= 1u << (int)(exchange.AtMs / 3_600_000 % 24);
        var continues = (content.Traits & RequestTraits.Continuation) != 0 || content.UserTurnCount > 1;
        SingleTurnCount += continues ? 0 : 1;
        ToolCount += (content.Traits & RequestTraits.ToolTurn) != 0 ? 1 : 0;
        RefusedCount += exchange.Status is 401 or 403 ? 1 : 0;
        ResampleCount += content.ContentId == _lastContent ? 1 : 0;
        _lastContent = content.ContentId;
        OutputTokens += content.OutputTokenCount;
        ReasoningTokens += content.ReasoningTokenCount;
        CountCues(content.Cues);
        for (var i = 0; i < SketchedExchange.EmbeddingLength; i++)
        {
            var x = content.Embedding[i] / 127f;
            _embeddingSum[i] += x;
            EmbeddingSquares += x * x;
        }
    }

    /// <summary>The <see cref="Count"/> in what <see cref="Write"/> wrote.</summary>
    public static int CountIn(ReadOnlySpan<byte> written)
    {
        var from = new StateReader(written);
        return (from.Number() & 1) != 0 ? from.Count(int.MaxValue) : 0;
    }

    /// <summary>Writes everything but the account and the place.</summary>
    public void Write(StateWriter into)
    {
        into.Sparse([Count, SingleTurnCount, ToolCount, StrongCueCount, TaskCueCount, JudgeCueCount, TrajectoryCueCount, PersonaCueCount, ResampleCount, QuickCount, HumanGapCount, RefusedCount]);
        into.Signed(OutputTokens);
        into.Signed(ReasoningTokens);
        into.Signed(FirstAtMs);
        into.Signed(LastAtMs - FirstAtMs);
        into.Number(HoursSeen);
        into.Number(_lastContent);
        into.Double(EmbeddingSquares);
        into.Text(LatestExchange);
        WriteActiveHours(into);
        SubjectSums.Write(into, _embeddingSum);
    }

    /// <summary>Takes over what <see cref="Write"/> wrote, in the place of everything there was.</summary>
    public void Read(ref StateReader from)
    {
        Span<int> counts = stackalloc int[12];
        from.Sparse(counts);
        (Count, SingleTurnCount, ToolCount, StrongCueCount) = (counts[0], counts[1], counts[2], counts[3]);
        (TaskCueCount, JudgeCueCount, TrajectoryCueCount, PersonaCueCount) = (counts[4], counts[5], counts[6], counts[7]);
        (ResampleCount, QuickCount, HumanGapCount, RefusedCount) = (counts[8], counts[9], counts[10], counts[11]);
        (OutputTokens, ReasoningTokens, FirstAtMs) = (from.Signed(), from.Signed(), from.Signed());
        LastAtMs = FirstAtMs + from.Signed();
        HoursSeen = (uint)from.Number();
        _lastContent = from.Number();
        EmbeddingSquares = from.Double();
        LatestExchange = from.Text(LatestExchange) ?? "";
        ReadActiveHours(ref from);
        SubjectSums.Read(ref from, _embeddingSum);
    }

    public int HourCount => BitOperations.PopCount(HoursSeen);

    private void WriteActiveHours(StateWriter into)
    {
        var count = 0;
        foreach (var hours in _activeHours)
        {
            count += BitOperations.PopCount(hours);
        }

        into.Number((ulong)count);
        for (var word = 0; word < HourWords; word++)
        {
            if (count > HoursListedMax)
            {
                into.Word(_activeHours[word]);
                continue;
            }

            for (var bits = _activeHours[word]; bits != 0; bits &= bits - 1)
            {
                into.Byte((byte)((word << 6) + BitOperations.TrailingZeroCount(bits)));
            }
        }
    }

    private void ReadActiveHours(ref StateReader from)
    {
        var count = from.Count(HourWords * 64);
        if (count > HoursListedMax)
        {
            foreach (ref var hours in (Span<ulong>)_activeHours)
            {
                hours = from.Word();
            }

            return;
        }

        _activeHours = default;
        foreach (var hour in from.Bytes(count))
        {
            _activeHours[hour >> 6] |= 1UL << (hour & 63);
        }
    }

    private void CountCues(Cues cues)
    {
        StrongCueCount += (cues & CueGroups.Strong) != 0 ? 1 : 0;
        TaskCueCount += (cues & CueGroups.Tasks) != 0 ? 1 : 0;
        JudgeCueCount += (cues & Cues.Judge) != 0 ? 1 : 0;
        TrajectoryCueCount += (cues & Cues.Trajectory) != 0 ? 1 : 0;
        PersonaCueCount += (cues & Cues.Persona) != 0 ? 1 : 0;
    }

    [InlineArray(SketchedExchange.EmbeddingLength)]
    private struct SubjectSum
    {
        private float _first;
    }

    [InlineArray(HourWords)]
    private struct ActiveHourBits
    {
        private ulong _first;
    }
}
