using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Campaigns;

/// <summary>Why a group was named.</summary>
/// <param name="PValue">Chance that a control group would ever look this bad.</param>
/// <param name="Reasons">In words, the strongest first.</param>
internal sealed record GroupFinding(double PValue, List<Reason> Reasons);
