using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Evidence;

/// <summary>
/// The highest scores that legitimate accounts reach in each peer class and band: what account controls are made of. Each band's are scored
/// with the model that is written beside them.
/// </summary>
/// <param name="structures">The structure model of each band of <see cref="Checkpoints"/>.</param>
/// <param name="elicitation">The elicitation model, which is all bands'.</param>
internal sealed class AccountLives(IReadOnlyList<LinearModel> structures, LinearModel elicitation)
{
    private readonly Dictionary<(string Account, int PeerClass), AccountLife[]> _lives = [];

    /// <summary>Notes what was measured of an account at a checkpoint.</summary>
    public void Note(string account, int peerClass, int checkpoint, double[] features)
    {
        if (!_lives.TryGetValue((account, peerClass), out var life))
        {
            _lives[(account, peerClass)] = life = [.. Enumerable.Repeat(AccountLife.None, Checkpoints.BandCount)];
        }

        var band = Checkpoints.BandOf(checkpoint);
        life[band] = life[band].With(AccountScores.Of(features, structures[band], elicitation));
    }

    /// <summary>Accounts noted that are not left out.</summary>
    public int Count(IReadOnlySet<string> left) => _lives.Keys.Where(key => !left.Contains(key.Account)).DistinctBy(key => key.Account).Count();

    /// <summary>Makes the controls of every band.</summary>
    /// <param name="peerClasses">How many peer classes there are.</param>
    /// <param name="keep">Scores kept of each kind.</param>
    /// <param name="left">Accounts left out.</param>
    public IReadOnlyList<AccountBand> Bands(int peerClasses, int keep, IReadOnlySet<string> left)
    {
        var byClass = _lives.Where(life => !left.Contains(life.Key.Account)).OrderBy(life => life.Key.Account, StringComparer.Ordinal)
            .ToLookup(life => life.Key.PeerClass, life => life.Value);
        return [.. Enumerable.Range(0, Checkpoints.BandCount).Select(band => new AccountBand
        {
            FirstCheckpoint = Checkpoints.FirstOf(band),
            Share = Checkpoints.ShareOf(band),
            StructureModel = structures[band],
            Controls = [.. Enumerable.Range(0, peerClasses).Select(peers => Controls([.. byClass[peers].Select(life => life[band])], keep))],
        })];
    }

    private static AccountControls Controls(AccountLife[] lives, int keep)
    {
        var reached = lives.Where(life => life.IsReached).ToArray();
        return new AccountControls
        {
            Structure = ControlScores.Of(reached.Select(life => life.Kinds.Structure), keep),
            Elicitation = ControlScores.Of(reached.Select(life => life.Kinds.Elicitation), keep),
            Pace = ControlScores.Of(reached.Select(life => life.Kinds.Pace), keep),
            Content = ControlScores.Of(reached.Select(life => life.Kinds.Content), keep),
            Together = ControlScores.Of(reached.Select(life => life.Together), keep) with { Size = lives.Length },
        };
    }
}
