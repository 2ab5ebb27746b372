using System.Globalization;
using Stillgate.Detection.Evidence;

namespace Stillgate.Detection.Calibrating;

/// <summary>Keeps the highest scores that accounts and groups reach under a calibration's models, as the engine measures them.</summary>
internal sealed class HistoryScores(CalibrationSet models) : IEvidenceObserver
{
    public AccountLives Accounts { get; } = new();

    public GroupLives Groups { get; } = new();

    public void GroupMeasured(ulong group, IReadOnlyList<string> members, double[] features, long exchanges) =>
        Groups.Note("", group.ToString("x", CultureInfo.InvariantCulture), members, GroupLife.Of(features, models.GroupModel));

    public void AccountMeasured(string account, int peerClass, int checkpoint, double[] features)
    {
        Accounts.Note(account, peerClass, checkpoint, AccountScores.Of(features, models.StructureModel, models.ElicitationModel));
    }
}
