namespace Stillgate.Detection.Background;

/// <summary>An anchor that was found to be background.</summary>
/// <param name="Anchor">The anchor, under the sketch key.</param>
/// <param name="LearntAt">When, in the log's time.</param>
/// <param name="Tally">What it was found from.</param>
public sealed record LearntAnchor(ulong Anchor, DateTimeOffset LearntAt, IndependenceTally Tally);
