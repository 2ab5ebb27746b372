using Stillgate.Detection.Findings;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>Why a group was named.</summary>
/// <param name="PValue">Chance that a control group would ever look this bad.</param>
/// <param name="Reasons">In words, the strongest first.</param>
internal sealed record GroupFinding(double PValue, List<Reason> Reasons)
{
    private const int ReasonsMax = 1_024;

    public void Write(StateWriter into)
    {
        into.Double(PValue);
        into.Number((ulong)Reasons.Count);
        foreach (var reason in Reasons)
        {
            into.Text(reason.Code);
            into.Text(reason.Text);
            into.Double(reason.Weight);
            into.Number((ulong)reason.Exchanges.Count);
            foreach (var exchange in reason.Exchanges)
            {
                into.Text(exchange);
            }
        }
    }

    public static GroupFinding Read(ref StateReader from)
    {
        var pValue = from.Double();
        var reasons = new List<Reason>();
        for (var count = from.Count(ReasonsMax); count > 0; count--)
        {
            var (code, text, weight) = (from.Text() ?? "", from.Text() ?? "", from.Double());
            var exchanges = new string[from.Count(ReasonsMax)];
            for (var i = 0; i < exchanges.Length; i++)
            {
                exchanges[i] = from.Text() ?? "";
            }

            reasons.Add(new Reason(code, text, weight, exchanges));
        }

        return new GroupFinding(pValue, reasons);
    }
}
