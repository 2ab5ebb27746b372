using Stillgate.Detection.Evidence;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Calibration;

/// <summary>Keeps what an engine measured, with the truth beside it.</summary>
internal sealed class EvidenceCollector(IReadOnlyDictionary<string, AccountLabel> labels, string log) : IEvidenceObserver
{
    // A group that is neither clearly one thing nor the other teaches nothing.
    private const double HarvestShareMin = 0.7;
    private const double LegitimateShareMax = 0.05;

    public List<GroupSample> Groups { get; } = [];

    public List<AccountSample> Accounts { get; } = [];

    public void GroupMeasured(ulong group, IReadOnlyList<string> members, double[] features, long exchanges)
    {
        var share = members.Count(member => labels.TryGetValue(member, out var label) && label.Harvest) / (double)members.Count;
        if (share >= HarvestShareMin || share <= LegitimateShareMax)
        {
            var kinds = string.Join('+', members.Select(member => labels.TryGetValue(member, out var label) ? label.RingKind ?? label.Kind : "unlabelled")
                .GroupBy(kind => kind).OrderByDescending(same => same.Count()).Take(2).Select(same => same.Key));
            Groups.Add(new GroupSample(log, $"{log}/{group:x}", share >= HarvestShareMin, members, features, exchanges, kinds));
        }
    }

    public void AccountMeasured(string account, int peerClass, int checkpoint, double[] features)
    {
        var label = labels.GetValueOrDefault(account);
        if (label is not { Undecidable: true })
        {
            Accounts.Add(new AccountSample($"{log}/{account}", label is { Harvest: true }, peerClass, checkpoint, features, label?.RingKind ?? label?.Kind ?? "unlabelled"));
        }
    }
}
