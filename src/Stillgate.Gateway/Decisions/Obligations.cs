using System.Globalization;
using Stillgate.Gateway.Controls;
using Stillgate.Protocol.Filtering;

namespace Stillgate.Gateway.Decisions;

/// <summary>
/// The obligations of a rule that restricts. Those that the gateway can see to by itself it does (<c>docs/policy.md</c> lists them); all of
/// them are told to the client.
/// </summary>
internal sealed class Obligations(IReadOnlyList<string> words)
{
    private readonly ControlOptions _asked = Read(words);

    /// <summary>The tier that a rule puts the account in, or null.</summary>
    public string? Tier { get; } = words.FirstOrDefault(word => word.StartsWith("tier=", StringComparison.Ordinal))?["tier=".Length..];

    /// <summary>The operator's controls, tightened where the obligations ask for more than they do.</summary>
    public ControlOptions Tighten(ControlOptions options) => ControlStrictness.Join(options, _asked);

    private static ControlOptions Read(IReadOnlyList<string> words)
    {
        var defaults = new ControlOptions();
        var (choices, outputTokens, biasTokens) = (NumberOf(words, "choices="), NumberOf(words, "output-tokens="), NumberOf(words, "logit-bias-tokens="));
        var (bits, dimensions) = (NumberOf(words, "embedding-bits="), NumberOf(words, "embedding-dimensions="));
        var withheld = words.Contains("reasoning=withheld");
        return defaults with
        {
            Logprobs = On(words.Contains("no-logprobs")),
            LogitBiasTokens = On(biasTokens is not null),
            LogitBiasTokensMax = biasTokens ?? defaults.LogitBiasTokensMax,
            Choices = On(choices is not null),
            ChoicesMax = choices ?? defaults.ChoicesMax,
            OutputTokens = On(outputTokens is not null),
            OutputTokensMax = outputTokens ?? defaults.OutputTokensMax,
            Reasoning = On(withheld || words.Contains("reasoning=summary")),
            ReasoningView = withheld ? ReasoningView.Withheld : ReasoningView.Summary,
            References = On(words.Contains("references")),
            PrefixFreeze = On(words.Contains("frozen-prefix")),
            EmbeddingPrecision = On(bits is >= 1 and <= EmbeddingFilter.BitsMax),
            EmbeddingBits = bits ?? defaults.EmbeddingBits,
            EmbeddingDimensions = On(dimensions is >= 1),
            EmbeddingDimensionsMax = dimensions ?? defaults.EmbeddingDimensionsMax,
        };
    }

    private static ControlMode On(bool isAsked) => isAsked ? ControlMode.On : ControlMode.Off;

    private static int? NumberOf(IReadOnlyList<string> words, string name)
    {
        var bounds = words.Where(word => word.StartsWith(name, StringComparison.Ordinal))
            .Select(word => int.TryParse(word.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null)
            .OfType<int>().ToArray();
        return bounds.Length == 0 ? null : bounds.Min();
    }
}
