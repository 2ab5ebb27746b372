namespace Stillgate.Protocol.Filtering;

/// <summary>How much of a model's reasoning the client gets, from most to least.</summary>
public enum ReasoningView
{
    /// <summary>All that the provider sends.</summary>
    Pass,

    /// <summary>Summaries alone.</summary>
    Summary,

    /// <summary>None.</summary>
    Withheld,
}
