using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Evidence;

namespace Stillgate.Detection.Calibrating;

/// <summary>Keeps the highest scores that accounts and groups reach under a calibration's models, as the engine measures them.</summary>
internal sealed class HistoryScores(CalibrationSet models) : IEvidenceObserver
{
    private readonly Dictionary<ulong, GroupLife> _groups = [];
    private readonly Dictionary<ulong, string[]> _members = [];

    public AccountLives Accounts { get; } = new();

    public void GroupMeasured(ulong group, IReadOnlyList<string> members, double[] features, long exchanges)
    {
        var model = models.GroupModel;
        var life = new GroupLife(model.Score(features), GroupEvidence.PurposeScore(features, model), GroupEvidence.CoordinationScore(features, model));
        _groups[group] = _groups.TryGetValue(group, out var known) ? known.With(life) : life;
        _members[group] = [.. members];
    }

    public void AccountMeasured(string account, int peerClass, int checkpoint, double[] features)
    {
        Accounts.Note(account, peerClass, checkpoint, models.StructureModel.Score(features), models.ElicitationModel.Score(features));
    }

    /// <summary>One score a group. A group with even one member left out is left out: its score may be that member's doing.</summary>
    public IEnumerable<GroupLife> Groups(IReadOnlySet<string> left) =>
        _groups.Where(group => !_members[group.Key].Any(left.Contains)).OrderBy(group => group.Key).Select(group => group.Value);
}
