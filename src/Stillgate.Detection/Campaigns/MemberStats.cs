using System.Numerics;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// One account's part in a group: only the exchanges that carry what the group shares, so that cover traffic does not dilute it.
/// </summary>
internal sealed class MemberStats
{
    private readonly float[] _embeddingSum = new float[SketchedExchange.EmbeddingLength];
    private readonly ulong[] _activeHours = new ulong[4];
    private long _lastAtMs;
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

    public uint HoursSeen { get; private set; }

    public double EmbeddingSquares { get; private set; }

    public string FirstExchange { get; private set; } = "";

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
            FirstExchange = exchange.Id;
        }
        else
        {
            var gapMs = exchange.AtMs - _lastAtMs;
            QuickCount += gapMs < 10_000 ? 1 : 0;
            HumanGapCount += gapMs is >= 10_000 and < 600_000 ? 1 : 0;
        }

        Count++;
        _lastAtMs = Math.Max(_lastAtMs, exchange.AtMs);
        LatestExchange = exchange.Id;
        var hour = (int)(exchange.AtMs / 3_600_000 & 255);
        _activeHours[hour >> 6] |= 1UL << (hour & 63);
        HoursSeen |= 1u << (int)(exchange.AtMs / 3_600_000 % 24);
        var continues = (content.Traits & RequestTraits.Continuation) != 0 || content.UserTurnCount > 1;
        SingleTurnCount += continues ? 0 : 1;
        ToolCount += (content.Traits & RequestTraits.ToolTurn) != 0 ? 1 : 0;
        RefusedCount += exchange.Status is 401 or 403 ? 1 : 0;
        ResampleCount += (content.ContentId == _lastContent && content.ContentId != 0) || content.CompletionCount > 1 ? 1 : 0;
        _lastContent = content.ContentId;
        OutputTokens += content.OutputTokenCount;
        ReasoningTokens += content.ReasoningTokenCount;
        CountCues(content.Cues);
        for (var i = 0; i < _embeddingSum.Length; i++)
        {
            var x = content.Embedding[i] / 127f;
            _embeddingSum[i] += x;
            EmbeddingSquares += x * x;
        }
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
}
