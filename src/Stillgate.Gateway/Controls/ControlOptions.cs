using Stillgate.Protocol.Filtering;

namespace Stillgate.Gateway.Controls;

/// <summary>
/// What may leave, besides the answer's text. One floor for every model that the gateway serves: an older model behind a weaker
/// fence is what a harvester would turn to. Overrides make it stricter by tier and model; weaker only where they name the models.
/// </summary>
public sealed record ControlOptions
{
    /// <summary>Most overrides, so that a set of them fits one word.</summary>
    public const int OverridesMax = 64;

    /// <summary>Token log-probabilities: taken out of the request, or refused where the dialect holds them in a nested member.</summary>
    public ControlMode Logprobs { get; init; }

    /// <summary>
    /// A logit bias together with log-probabilities, in one request or by one account or campaign within <see cref="LogitBiasWindow"/>: refused.
    /// The two together give away the model's last layer (Carlini et al., "Stealing Part of a Production Language Model", 2024).
    /// </summary>
    public ControlMode LogitBiasWithLogprobs { get; init; }

    /// <summary>How long one of the two bars an account from the other; an hour by default.</summary>
    public TimeSpan LogitBiasWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether <see cref="ChoicesMax"/> acts.</summary>
    public ControlMode Choices { get; init; }

    /// <summary>Most answers to one prompt.</summary>
    public int ChoicesMax { get; init; } = 1;

    /// <summary>Whether <see cref="OutputTokensMax"/> acts.</summary>
    public ControlMode OutputTokens { get; init; }

    /// <summary>Most output tokens that a request may ask for; also set where it asks for no bound.</summary>
    public int OutputTokensMax { get; init; } = 8192;

    /// <summary>Whether <see cref="LogitBiasTokensMax"/> acts.</summary>
    public ControlMode LogitBiasTokens { get; init; }

    /// <summary>Most distinct tokens that an account, or the accounts of a campaign together, may bias within <see cref="LogitBiasWindow"/>.</summary>
    public int LogitBiasTokensMax { get; init; } = 300;

    /// <summary>Whether <see cref="ReasoningView"/> acts.</summary>
    public ControlMode Reasoning { get; init; }

    /// <summary>How much of a model's reasoning leaves.</summary>
    public ReasoningView ReasoningView { get; init; } = ReasoningView.Withheld;

    /// <summary>Patterns of models whose provider is known to send a summary as the text of its thinking, in the dialects that do not say which it is.</summary>
    public IReadOnlyList<string> SummarizingModels { get; init; } = [];

    /// <summary>Signatures and opaque reasoning: replaced by references that hold for one account and one conversation.</summary>
    public ControlMode References { get; init; }

    /// <summary>How long a reference is good for; a day by default.</summary>
    public TimeSpan ReferenceLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Signatures and opaque reasoning that this gateway did not hand out, while <see cref="References"/> acts: refused where on.</summary>
    public ControlMode ForeignReferences { get; init; } = ControlMode.Observe;

    /// <summary>A conversation whose earlier turns differ from those that were served in it: refused where on.</summary>
    public ControlMode PrefixFreeze { get; init; }

    /// <summary>How long a served turn is remembered; a day by default. It is forgotten after half of it at the earliest.</summary>
    public TimeSpan PrefixFreezeWindow { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A conversation with answers in it of which the gateway knows nothing, while <see cref="PrefixFreeze"/> acts: refused where on.</summary>
    public ControlMode UnseenPrefix { get; init; } = ControlMode.Observe;

    /// <summary>Whether <see cref="EmbeddingBits"/> acts.</summary>
    public ControlMode EmbeddingPrecision { get; init; }

    /// <summary>Significant bits that are left of each value of an embedding.</summary>
    public int EmbeddingBits { get; init; } = 8;

    /// <summary>Whether <see cref="EmbeddingDimensionsMax"/> acts.</summary>
    public ControlMode EmbeddingDimensions { get; init; }

    /// <summary>Most dimensions of an embedding; also asked for where the request asks for none.</summary>
    public int EmbeddingDimensionsMax { get; init; } = 512;

    /// <summary>The tiers of trust, the first that takes an account in being its own.</summary>
    public IReadOnlyList<TrustTier> Tiers { get; init; } = [];

    /// <summary>What differs by tier and model.</summary>
    public IReadOnlyList<ControlOverride> Overrides { get; init; } = [];

    internal bool IsAnyOn => this is not
    {
        Logprobs: ControlMode.Off, LogitBiasWithLogprobs: ControlMode.Off, LogitBiasTokens: ControlMode.Off, Choices: ControlMode.Off, OutputTokens: ControlMode.Off,
        Reasoning: ControlMode.Off, References: ControlMode.Off, PrefixFreeze: ControlMode.Off, EmbeddingPrecision: ControlMode.Off, EmbeddingDimensions: ControlMode.Off,
    };
}
