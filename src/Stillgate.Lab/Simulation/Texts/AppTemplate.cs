namespace Stillgate.Lab.Simulation.Texts;

/// <summary>An authored application: what its system prompt says and how it wraps an input.</summary>
internal sealed record AppTemplate
{
    /// <summary><c>support</c>, <c>translation</c>, <c>extraction</c>, <c>rag</c>, <c>summary</c>, <c>search</c>, <c>coding</c>, <c>voice</c> or <c>character</c>.</summary>
    public required string Kind { get; init; }

    public required string System { get; init; }

    public required string User { get; init; }

    /// <summary>Runs over a stock of documents rather than for waiting users.</summary>
    public bool Batch { get; init; }
}
