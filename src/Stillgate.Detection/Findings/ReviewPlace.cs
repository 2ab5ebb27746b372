namespace Stillgate.Detection.Findings;

/// <summary>A case's place in the review queue, and what share of the cases up to it may be false.</summary>
/// <param name="Place">From 1, the strongest case first. Accounts of one campaign share their campaign's.</param>
/// <param name="QValue">Benjamini and Hochberg's adjusted p-value among everything that was tested: reviewing down to here, the expected share of false cases is at most this.</param>
/// <param name="EValue">The same by e-BH, which holds under any dependence and is far more cautious; 1 where it says nothing.</param>
public sealed record ReviewPlace(int Place, double QValue, double EValue);
