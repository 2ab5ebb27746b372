using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>The analysis without one family of signals.</summary>
/// <param name="Without">The family, or null for all signals in place.</param>
/// <param name="Report">The sum over the logs.</param>
internal sealed record AblationRow(string? Without, EvaluationReport Report);
