namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Sampling and output settings: only what the client set; null means that it did not.</summary>
public sealed record RequestSettings
{
    /// <summary>Sampling temperature.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling mass.</summary>
    public double? TopP { get; init; }

    /// <summary>Completions asked for.</summary>
    public int? N { get; init; }

    /// <summary>Whether token log-probabilities were asked for.</summary>
    public bool? Logprobs { get; init; }

    /// <summary>Whether a logit bias was sent.</summary>
    public bool? LogitBias { get; init; }

    /// <summary>Most output tokens asked for.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether a stream was asked for.</summary>
    public bool? Stream { get; init; }

    /// <summary>Names of the tools offered to the model.</summary>
    public IReadOnlyList<string>? Tools { get; init; }
}
