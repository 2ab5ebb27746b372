using System.Globalization;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Evidence;

namespace Stillgate.Detection.Calibrating;

/// <summary>Keeps the highest scores that accounts and groups reach under a calibration's models, as the engine measures them.</summary>
internal sealed class HistoryScores(CalibrationSet models) : IEvidenceObserver
{
    public AccountLives Accounts { get; } =
        new([.. Enumerable.Range(0, Checkpoints.BandCount).Select(band => models.AccountBandOf(Checkpoints.FirstOf(band)).StructureModel)], models.ElicitationModel);

    /// <summary>Groups of <see cref="CalibrationSet.LargeGroupMin"/> accounts and more.</summary>
    public GroupLives Groups { get; } = new();

    /// <summary>Smaller ones, by how many they are.</summary>
    public IReadOnlyDictionary<int, GroupLives> SmallGroups { get; } = (models.SmallGroups ?? []).ToDictionary(band => band.Members, _ => new GroupLives());

    public void GroupMeasured(ulong group, IReadOnlyList<string> members, double[] features, long exchanges)
    {
        var lives = members.Count >= CalibrationSet.LargeGroupMin ? Groups : SmallGroups.GetValueOrDefault(members.Count);
        lives?.Note("", group.ToString("x", CultureInfo.InvariantCulture), members, GroupLife.Of(features, models.GroupModel));
    }

    public void AccountMeasured(string account, int peerClass, int checkpoint, double[] features) => Accounts.Note(account, peerClass, checkpoint, features);
}
