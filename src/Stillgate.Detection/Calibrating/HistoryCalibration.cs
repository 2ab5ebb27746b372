using System.Globalization;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Calibrating;

/// <summary>
/// Builds a calibration from an operator's own history, without labels: the models stay those of a base calibration, band by band, and the control scores
/// are those of the operator's accounts and groups. Accounts that the operator names are left out, and, unless told otherwise, those that
/// the base calibration flags.
/// </summary>
/// <param name="baseSet">Gives the models and the budgets.</param>
/// <param name="options">What to leave out, and what to call the result.</param>
public sealed class HistoryCalibration(CalibrationSet baseSet, HistoryOptions options)
{
    private readonly double _groupAlpha = options.GroupAlpha ?? baseSet.GroupAlpha;
    private readonly double _accountAlpha = options.AccountAlpha ?? baseSet.AccountAlpha;

    /// <summary>Reads the history and builds the calibration.</summary>
    /// <param name="log">A log file, or a folder of them.</param>
    /// <param name="registrations">What the operator knows of the accounts.</param>
    /// <param name="analysis">How the log is to be analysed; its calibration and observer are replaced.</param>
    /// <param name="onProblem">Called once for each bad line.</param>
    /// <param name="progress">Receives the share read, or null.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="LogFormatException">The log cannot be read.</exception>
    /// <exception cref="CalibrationSizeException">The history is too small to calibrate with.</exception>
    public async Task<HistoryResult> BuildAsync(
        string log,
        IReadOnlyList<RegistrationRecord> registrations,
        AnalysisOptions analysis,
        Action<LogProblem> onProblem,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var scores = new HistoryScores(baseSet);
        var run = await new LogAnalysis(log, registrations, analysis with { Calibration = baseSet, Observer = scores }, onProblem)
            .RunAsync(progress, cancellation).ConfigureAwait(false);
        var seen = run.Snapshot.Verdicts.Select(verdict => verdict.Account).ToHashSet(StringComparer.Ordinal);
        var flagged = run.Snapshot.Verdicts.Where(verdict => verdict.Verdict == Verdict.Harvest || verdict.Campaign is not null).Select(verdict => verdict.Account).ToHashSet(StringComparer.Ordinal);
        var left = new HashSet<string>(options.Excluded, StringComparer.Ordinal);
        if (!options.KeepFlagged)
        {
            left.UnionWith(flagged);
        }

        var groups = scores.Groups.Communities(left);
        var bands = scores.Accounts.Bands(baseSet.PeerClassSizes.Count, ControlScores.KeptMax, left);
        CheckSizes(groups.Count, bands[0]);
        var accounts = scores.Accounts.Count(left);
        var large = GroupBand.Of(CalibrationSet.LargeGroupMin, _groupAlpha, groups);
        var set = baseSet with
        {
            Name = options.Name,
            Origin = string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Origin}; models of {baseSet.Name}; {accounts} accounts, {left.Count(seen.Contains)} left out ({options.Excluded.Count(seen.Contains)} named by the operator, {(options.KeepFlagged ? "none" : flagged.Count)} flagged)"),
            Accounts = accounts,
            Groups = groups.Count,
            GroupAlpha = _groupAlpha,
            AccountAlpha = _accountAlpha,
            GroupControls = large.Controls,
            GroupPurpose = large.Purpose,
            GroupCoordination = large.Coordination,
            SmallGroups = baseSet.SmallGroups is null ? null : [.. baseSet.SmallGroups.Select(band => GroupBand.Of(band.Members, band.Alpha, scores.SmallGroups[band.Members].Communities(left)))],
            AccountBands = bands,
        };
        return new HistoryResult(set, flagged.Count, [.. options.Excluded.Where(account => !seen.Contains(account)).Order(StringComparer.Ordinal)]);
    }

    // The smallest p-value that N controls can give is 1 / (N + 1): with fewer than these, nothing could be flagged early, when it matters.
    private void CheckSizes(int groups, AccountBand early)
    {
        var problems = new List<string>();
        Need("control communities", groups, _groupAlpha);
        for (var peers = 0; peers < early.Controls.Count; peers++)
        {
            Need($"{(Accounts.PeerClass)peers} accounts of 32 exchanges or more", early.Controls[peers].Together.Size, _accountAlpha * early.Share);
        }

        if (problems.Count > 0)
        {
            throw new CalibrationSizeException($"the history is too small to calibrate with: {string.Join("; ", problems)}. Take a longer log, or keep using {baseSet.Name}");
        }

        void Need(string what, int there, double alpha)
        {
            var needed = (int)Math.Ceiling((1 / alpha) - 1 - 1e-6);
            if (there < needed)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{there:N0} {what}, {needed:N0} needed for a budget of {Math.Round(alpha, 9)}"));
            }
        }
    }
}
