namespace Stillgate.Gateway.Recorder;

/// <summary>What became of the records.</summary>
/// <param name="Written">Written to the exchange log.</param>
/// <param name="Dropped">Dropped, wherever.</param>
public readonly record struct RecorderCounts(long Written, long Dropped);
