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
    private SubjectSum _embeddingSum;
    private ActiveHourBits _activeHours;
    private ulong _lastContent;

    public required AccountState Account { get; init; }

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

    /// <summary>Writes everything but the account.</summary>
    public void Write(StateWriter into)
    {
        foreach (var number in (ReadOnlySpan<int>)[Count, SingleTurnCount, ToolCount, StrongCueCount, TaskCueCount, JudgeCueCount, TrajectoryCueCount, PersonaCueCount, ResampleCount, QuickCount, HumanGapCount, RefusedCount])
        {
            into.Number((ulong)number);
        }

        into.Signed(OutputTokens);
        into.Signed(ReasoningTokens);
        into.Signed(FirstAtMs);
        into.Signed(LastAtMs);
        into.Number(HoursSeen);
        into.Word(_lastContent);
        into.Double(EmbeddingSquares);
        into.Text(LatestExchange);
        foreach (var hours in _activeHours)
        {
            into.Word(hours);
        }

        foreach (var sum in _embeddingSum)
        {
            into.Single(sum);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static MemberStats Read(ref StateReader from, AccountState account)
    {
        var member = new MemberStats
        {
            Account = account,
            Count = from.Count(int.MaxValue),
            SingleTurnCount = from.Count(int.MaxValue),
            ToolCount = from.Count(int.MaxValue),
            StrongCueCount = from.Count(int.MaxValue),
            TaskCueCount = from.Count(int.MaxValue),
            JudgeCueCount = from.Count(int.MaxValue),
            TrajectoryCueCount = from.Count(int.MaxValue),
            PersonaCueCount = from.Count(int.MaxValue),
            ResampleCount = from.Count(int.MaxValue),
            QuickCount = from.Count(int.MaxValue),
            HumanGapCount = from.Count(int.MaxValue),
            RefusedCount = from.Count(int.MaxValue),
            OutputTokens = from.Signed(),
            ReasoningTokens = from.Signed(),
            FirstAtMs = from.Signed(),
            LastAtMs = from.Signed(),
            HoursSeen = (uint)from.Number(),
            _lastContent = from.Word(),
            EmbeddingSquares = from.Double(),
            LatestExchange = from.Text() ?? "",
        };
        foreach (ref var hours in (Span<ulong>)member._activeHours)
        {
            hours = from.Word();
        }

        foreach (ref var sum in (Span<float>)member._embeddingSum)
        {
            sum = from.Single();
        }

        return member;
    }

    public int HourCount => BitOperations.PopCount(HoursSeen);

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
