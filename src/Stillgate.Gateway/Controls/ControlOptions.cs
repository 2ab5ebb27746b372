namespace Stillgate.Gateway.Controls;

/// <summary>
/// What may leave, besides the answer's text. One floor for every model that the gateway serves: an older model behind a weaker
/// fence is what a harvester would turn to.
/// </summary>
public sealed record ControlOptions
{
    /// <summary>Token log-probabilities: taken out of the request, or refused where the dialect holds them in a nested member.</summary>
    public ControlMode Logprobs { get; init; }

    /// <summary>
    /// A logit bias together with log-probabilities, in one request or by one account within <see cref="LogitBiasWindow"/>: refused.
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

    internal bool IsAnyOn => Logprobs != ControlMode.Off || LogitBiasWithLogprobs != ControlMode.Off || Choices != ControlMode.Off || OutputTokens != ControlMode.Off;
}
