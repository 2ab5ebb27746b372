using Stillgate.Protocol.Filtering;

namespace Stillgate.Gateway.Controls;

/// <summary>Which of two settings of a control is the stricter. A control that is off in one of them is as the other has it.</summary>
internal static class ControlStrictness
{
    /// <summary>The strictest of both, control by control; whatever is no control is the floor's.</summary>
    public static ControlOptions Join(ControlOptions floor, ControlOptions other) => floor with
    {
        Logprobs = Stricter(floor.Logprobs, other.Logprobs),
        LogitBiasWithLogprobs = Stricter(floor.LogitBiasWithLogprobs, other.LogitBiasWithLogprobs),
        LogitBiasTokens = Stricter(floor.LogitBiasTokens, other.LogitBiasTokens),
        LogitBiasTokensMax = Least(floor, other, options => options.LogitBiasTokens, options => options.LogitBiasTokensMax),
        Choices = Stricter(floor.Choices, other.Choices),
        ChoicesMax = Least(floor, other, options => options.Choices, options => options.ChoicesMax),
        OutputTokens = Stricter(floor.OutputTokens, other.OutputTokens),
        OutputTokensMax = Least(floor, other, options => options.OutputTokens, options => options.OutputTokensMax),
        Reasoning = Stricter(floor.Reasoning, other.Reasoning),
        ReasoningView = (ReasoningView)(-Least(floor, other, options => options.Reasoning, options => -(int)options.ReasoningView)),
        References = Stricter(floor.References, other.References),
        PrefixFreeze = Stricter(floor.PrefixFreeze, other.PrefixFreeze),
        EmbeddingPrecision = Stricter(floor.EmbeddingPrecision, other.EmbeddingPrecision),
        EmbeddingBits = Least(floor, other, options => options.EmbeddingPrecision, options => options.EmbeddingBits),
        EmbeddingDimensions = Stricter(floor.EmbeddingDimensions, other.EmbeddingDimensions),
        EmbeddingDimensionsMax = Least(floor, other, options => options.EmbeddingDimensions, options => options.EmbeddingDimensionsMax),
    };

    private static ControlMode Stricter(ControlMode one, ControlMode other) => one > other ? one : other;

    /// <summary>The bound of whichever acts more; the lower of both where they act alike.</summary>
    private static int Least(ControlOptions floor, ControlOptions other, Func<ControlOptions, ControlMode> mode, Func<ControlOptions, int> bound) =>
        mode(floor).CompareTo(mode(other)) switch
        {
            > 0 => bound(floor),
            < 0 => bound(other),
            _ => Math.Min(bound(floor), bound(other)),
        };
}
