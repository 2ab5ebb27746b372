namespace Stillgate.Lab.LogitTheft;

/// <summary>How the attacker reads logits.</summary>
public enum TheftStrategy
{
    /// <summary>A bias and log-probabilities in one request: the published attack.</summary>
    Together,

    /// <summary>The likeliest tokens by log-probabilities, the others by a bias without them, in turns.</summary>
    ByTurns,

    /// <summary>A bias alone: how much of it makes a token the likeliest, by halving.</summary>
    BiasAlone,
}
