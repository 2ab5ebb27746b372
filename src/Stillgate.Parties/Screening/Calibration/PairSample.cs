namespace Stillgate.Parties.Screening.Calibration;

/// <summary>A pair of names of which we know, or hold by construction, whether they stand for one party.</summary>
/// <param name="Left">One name.</param>
/// <param name="Right">The other name.</param>
/// <param name="Schema">How to read both.</param>
/// <param name="IsSame">The label.</param>
/// <param name="Source">The list or set from which the pair was made; splits are by source.</param>
/// <param name="Kind">How it was made: <c>alias</c>, <c>mined</c>, or the deviation.</param>
/// <param name="Entity">The party that the left name stands for; the bootstrap resamples parties, not rows.</param>
internal sealed record PairSample(string Left, string Right, EntitySchema Schema, bool IsSame, string Source, string Kind, string Entity);
