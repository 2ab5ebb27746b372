namespace Stillgate.Policy.Rules;

/// <summary>What of a request the rules may look at.</summary>
/// <param name="Model">The model asked for, as routing resolved it.</param>
/// <param name="At">When the request arrived; no other clock decides.</param>
/// <param name="Channel">By which way it came; null where that is not known.</param>
/// <param name="Tier">The access tier; null where there are none.</param>
public readonly record struct DecisionRequest(string Model, DateTimeOffset At, string? Channel = null, string? Tier = null)
{
    private static readonly string[] None = [];

    /// <summary>The capabilities that the request uses.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = None;

    /// <summary>Where it came from; null where no places file is loaded or the client's address is not known, and the facts of a place are the account's, if any.</summary>
    public RequestPlace? Place { get; init; }
}
