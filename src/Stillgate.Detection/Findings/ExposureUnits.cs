namespace Stillgate.Detection.Findings;

/// <summary>
/// How much of a training set an account, or several together, have received (<c>docs/signals.md</c>). Accounting only: it never enters a
/// verdict.
/// </summary>
/// <param name="Units">In the domain where it is most: the larger of what the plain counter and what the subjects say, in units of 1,000 full traces.</param>
/// <param name="Domains">Every domain in which anything was received.</param>
public sealed record ExposureUnits(double Units, IReadOnlyList<ExposureOfDomain> Domains)
{
    /// <summary>Nothing received.</summary>
    public static ExposureUnits None { get; } = new(0, []);
}
