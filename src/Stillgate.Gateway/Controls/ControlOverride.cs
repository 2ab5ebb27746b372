using Stillgate.Gateway.Forwarder;

namespace Stillgate.Gateway.Controls;

/// <summary>What differs for some tiers and models. It makes the floor stricter; one that makes it weaker has to name its models.</summary>
public sealed record ControlOverride
{
    /// <summary>The tiers that it is for; none for every account.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>Patterns of the models that it is for; none for every model.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Whether what it states replaces the floor even where that is weaker.</summary>
    public bool IsWeaker { get; init; }

    /// <summary>The controls that it states, by the names of their settings. Those that it does not state are off in <see cref="Controls"/>.</summary>
    public IReadOnlySet<string> Stated { get; init; } = new HashSet<string>();

    /// <summary>What it states.</summary>
    public ControlOptions Controls { get; init; } = new();

    internal bool Covers(string? tier, string model) =>
        (Tiers.Count == 0 || (tier is not null && Tiers.Contains(tier, StringComparer.Ordinal)))
        && (Models.Count == 0 || Models.Any(pattern => ModelPattern.Matches(pattern, model)));

    internal ControlOptions Apply(ControlOptions floor) => IsWeaker ? Replace(floor) : ControlStrictness.Join(floor, Controls);

    private ControlOptions Replace(ControlOptions floor)
    {
        T Choose<T>(string name, Func<ControlOptions, T> setting) => setting(Stated.Contains(name) ? Controls : floor);

        return floor with
        {
            Logprobs = Choose("logprobs", options => options.Logprobs),
            LogitBiasWithLogprobs = Choose("logitBiasWithLogprobs", options => options.LogitBiasWithLogprobs),
            LogitBiasTokens = Choose("logitBiasTokens", options => options.LogitBiasTokens),
            LogitBiasTokensMax = Choose("logitBiasTokens", options => options.LogitBiasTokensMax),
            Choices = Choose("choices", options => options.Choices),
            ChoicesMax = Choose("choices", options => options.ChoicesMax),
            OutputTokens = Choose("outputTokens", options => options.OutputTokens),
            OutputTokensMax = Choose("outputTokens", options => options.OutputTokensMax),
            Reasoning = Choose("reasoning", options => options.Reasoning),
            ReasoningView = Choose("reasoning", options => options.ReasoningView),
            References = Choose("references", options => options.References),
            PrefixFreeze = Choose("prefixFreeze", options => options.PrefixFreeze),
            EmbeddingPrecision = Choose("embeddingPrecision", options => options.EmbeddingPrecision),
            EmbeddingBits = Choose("embeddingPrecision", options => options.EmbeddingBits),
            EmbeddingDimensions = Choose("embeddingDimensions", options => options.EmbeddingDimensions),
            EmbeddingDimensionsMax = Choose("embeddingDimensions", options => options.EmbeddingDimensionsMax),
        };
    }
}
