namespace Stillgate.Lab.Evaluation;

/// <summary>What became of one ring.</summary>
/// <param name="Ring">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Flagged">Accounts flagged, of how many.</param>
/// <param name="ServedShare">Share of its exchanges that came before the flag of the account that made them; 1 where none was flagged.</param>
public sealed record RingOutcome(string Ring, string Kind, Rate Flagged, double ServedShare)
{
    /// <summary>Exchanges of the ring in all.</summary>
    public required long Exchanges { get; init; }

    /// <summary>Exchanges that came before the flag of the account that made them.</summary>
    public required long ServedBefore { get; init; }
}
