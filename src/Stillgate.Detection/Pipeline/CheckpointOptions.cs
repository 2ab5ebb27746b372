namespace Stillgate.Detection.Pipeline;

/// <summary>Where an analysis keeps its checkpoint.</summary>
/// <param name="File">The file; one that is there is gone on from.</param>
/// <param name="EveryExchanges">Exchanges between two checkpoints.</param>
/// <param name="OnNote">Told, once each, where an analysis goes on from, and why it cannot.</param>
public sealed record CheckpointOptions(string File, long EveryExchanges, Action<string> OnNote);
