using Stillgate.Detection.Accounts;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Exposures;

/// <summary>
/// What one answer is worth in a training set, in full traces: v x min(1, tokens / 4,000). The values v are assumptions, to be replaced by
/// measured ones (<c>docs/signals.md</c>); they are the same for everybody, so that they can be argued about.
/// </summary>
public static class AnswerWeight
{
    /// <summary>Output tokens of a full trace.</summary>
    public const int FullTraceTokens = 4_000;

    /// <summary>From so many output tokens on an answer is a long worked one.</summary>
    public const int LongAnswerTokens = 256;

    /// <summary>Below so many output tokens an answer is a label.</summary>
    public const int ShortAnswerTokens = 16;

    private const int ActionTokens = 64;
    private const double Trace = 1;
    private const double Code = 0.5;
    private const double Summary = 0.4;
    private const double LongAnswer = 0.4;
    private const double ShortAnswer = 0.05;
    private const double Label = 0.005;

    /// <summary>Weighs an answer.</summary>
    /// <param name="content">The sketch of its exchange.</param>
    /// <returns>0 (nothing) to 1 (a full trace).</returns>
    public static double Of(SketchContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Value(content) * Math.Min(1, (double)content.OutputTokenCount / FullTraceTokens);
    }

    /// <summary>Tells what an answer may teach.</summary>
    /// <param name="content">The sketch of its exchange.</param>
    /// <returns>The domain.</returns>
    public static ExposureDomain Domain(SketchContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if ((content.Traits & RequestTraits.ToolTurn) != 0 || (content.Cues & Cues.Trajectory) != 0)
        {
            return ExposureDomain.Agent;
        }

        if ((content.Traits & RequestTraits.Code) != 0)
        {
            return ExposureDomain.Code;
        }

        if ((content.Cues & Cues.Judge) != 0)
        {
            return ExposureDomain.Judging;
        }

        return content.ReasoningTokenCount > 0 || (content.Cues & CueGroups.Strong) != 0 ? ExposureDomain.Reasoning : ExposureDomain.General;
    }

    private static double Value(SketchContent content)
    {
        var tokens = content.OutputTokenCount;
        if (tokens < ShortAnswerTokens)
        {
            return Label;
        }

        if (tokens >= ActionTokens && (content.Traits & RequestTraits.ToolTurn) != 0)
        {
            return Trace;
        }

        if (tokens >= LongAnswerTokens && (content.Cues & CueGroups.Strong) != 0)
        {
            return Trace;
        }

        if (tokens >= ActionTokens && (content.Traits & RequestTraits.Code) != 0)
        {
            return Code;
        }

        if (tokens >= LongAnswerTokens)
        {
            // Billed reasoning reaches the client as a summary at most, as far as a sketch can tell; a summary and a worked answer weigh the same.
            return content.ReasoningTokenCount > 0 ? Summary : LongAnswer;
        }

        return ShortAnswer;
    }
}
