namespace Stillgate.Detection.Findings;

/// <summary>What was received in one capability domain.</summary>
/// <param name="Domain">The domain's word: <c>agent</c>, <c>code</c>, <c>judging</c>, <c>reasoning</c> or <c>general</c>.</param>
/// <param name="Traces">Sum of the answers' weights, in full traces: the plain counter.</param>
/// <param name="Information">1/2 log det of the subjects' Gram matrix, nats.</param>
/// <param name="Units">That information over the information of 1,000 full traces which cover every direction alike.</param>
public sealed record ExposureOfDomain(string Domain, double Traces, double Information, double Units);
