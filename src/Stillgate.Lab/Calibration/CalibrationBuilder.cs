using System.Collections.Immutable;
using System.Globalization;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Pipeline;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Calibration;

/// <summary>
/// Builds a calibration: fits the models on some logs, and takes the controls from the legitimate accounts and groups of others, so that
/// no account stands on both sides.
/// </summary>
public sealed class CalibrationBuilder(string name, string origin)
{
    private const double GroupRidge = 6;
    private const double AccountRidge = 20;

    // What an application asks for in every request is a cue in every request: past this the words say no more, and structure must.
    private const double ElicitationMax = 1;

    // A job that sends thirty-two requests in a minute is far more extreme than any harvest, and innocent: past this an account's habit says no more.
    private const double StructureSaturation = 2;
    private const int PeerClasses = 3;

    /// <summary>What <see cref="GroupAlpha"/> is unless somebody says otherwise: what has no cue, and may be an application, stands above a larger one (decision 0093).</summary>
    public const double GroupAlphaUsual = 0.0016;

    /// <summary>The same for <see cref="AccountAlpha"/>.</summary>
    public const double AccountAlphaUsual = 0.0007;

    private readonly List<GroupSample> _fitGroups = [];
    private readonly List<AccountSample> _fitAccounts = [];
    private readonly List<GroupSample> _controlGroups = [];
    private readonly List<AccountSample> _controlAccounts = [];

    /// <summary>Chance granted that a legitimate community of accounts is ever named.</summary>
    public double GroupAlpha { get; init; } = GroupAlphaUsual;

    /// <summary>The same for communities of two and of three, each among communities of its size.</summary>
    public IReadOnlyList<(int Members, double Alpha)> SmallGroupAlphas { get; init; } = [(2, 0.002), (3, 0.002)];

    /// <summary>Chance granted that a legitimate account is ever flagged on its own behaviour.</summary>
    public double AccountAlpha { get; init; } = AccountAlphaUsual;

    /// <summary>How unusual each kind of evidence on an account must be by itself.</summary>
    public double KindAlpha { get; init; } = 0.1;

    /// <summary>How unusual each kind of evidence on a group must be by itself.</summary>
    public double GroupKindAlpha { get; init; } = 0.3;

    /// <summary>Measures a composed log.</summary>
    /// <param name="folder">Folder with <c>log.jsonl.gz</c>, <c>registrations.jsonl</c> and <c>labels.jsonl</c>.</param>
    /// <param name="part">What it is to the calibration.</param>
    /// <param name="progress">Receives the share read, or null.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>Completes when the log is read.</returns>
    /// <exception cref="LogFormatException">The folder is not a composed log.</exception>
    public async Task AddAsync(string folder, CalibrationPart part, IProgress<double>? progress, CancellationToken cancellation)
    {
        var labels = LabelFile.ReadAll(Path.Combine(folder, "labels.jsonl")).ToDictionary(label => label.Account, StringComparer.Ordinal);
        var collector = new EvidenceCollector(labels, folder);
        var registrations = RegistrationFile.ReadAll(Path.Combine(folder, "registrations.jsonl"), problem => throw new LogFormatException(problem.ToString()));
        var options = new AnalysisOptions { Calibration = BlankCalibration.Set, Observer = collector };
        var log = new LogAnalysis(Path.Combine(folder, "log.jsonl.gz"), registrations, options, problem => throw new LogFormatException(problem.ToString()));
        await log.RunAsync(progress, cancellation).ConfigureAwait(false);
        (part == CalibrationPart.Fit ? _fitAccounts : _controlAccounts).AddRange(collector.Accounts);
        (part == CalibrationPart.Fit ? _fitGroups : _controlGroups).AddRange(collector.Groups);
    }

    /// <summary>Fits and calibrates.</summary>
    /// <returns>The calibration.</returns>
    /// <exception cref="SimulationException">A band of checkpoints was reached by no account of one side, so that nothing could be fitted for it.</exception>
    public CalibrationSet Build()
    {
        var groups = FitGroups();
        LinearModel[] structures = [.. Enumerable.Range(0, Checkpoints.BandCount).Select(FitStructure)];
        var elicitation = FitAccounts(_fitAccounts, ModelShape.ElicitationSigns, saturation: null) with { ScoreMax = ElicitationMax };
        var communities = Communities(groups, CalibrationSet.LargeGroupMin, int.MaxValue);
        var large = GroupBand.Of(CalibrationSet.LargeGroupMin, GroupAlpha, communities);
        return new CalibrationSet
        {
            Version = CalibrationSet.FormatVersion,
            Name = name,
            Origin = origin,
            Accounts = _controlAccounts.Where(sample => !sample.Harvest).Select(sample => sample.Account).Distinct(StringComparer.Ordinal).Count(),
            Groups = communities.Count,
            GroupAlpha = GroupAlpha,
            AccountAlpha = AccountAlpha,
            GroupModel = groups,
            GroupControls = large.Controls,
            GroupKindAlpha = GroupKindAlpha,
            GroupPurpose = large.Purpose,
            GroupCoordination = large.Coordination,
            SmallGroups = [.. SmallGroupAlphas.Select(pair => GroupBand.Of(pair.Members, pair.Alpha, Communities(groups, pair.Members, pair.Members)))],
            ElicitationModel = elicitation,
            KindAlpha = KindAlpha,
            AccountBands = Bands(structures, elicitation),
        };
    }

    /// <summary>Every group measured, as CSV for diagnosis: side, group, label, exchanges, kinds, then the features.</summary>
    /// <returns>Lines, the head first.</returns>
    public IEnumerable<string> GroupTable()
    {
        yield return "side,group,harvest,exchanges,kinds," + string.Join(',', ModelShape.GroupNames);
        foreach (var (side, samples) in new[] { ("fit", _fitGroups), ("control", _controlGroups) })
        {
            foreach (var sample in samples)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{side},{sample.Group},{(sample.Harvest ? 1 : 0)},{sample.Exchanges},{sample.Kinds},")
                    + string.Join(',', sample.Features.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>The control groups that score highest, for diagnosis.</summary>
    /// <param name="calibration">The calibration.</param>
    /// <param name="most">How many.</param>
    /// <returns>Score, kinds and features in words.</returns>
    public IEnumerable<string> HardestControls(CalibrationSet calibration, int most)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return Diagnose(_controlGroups.Where(sample => !sample.Harvest), calibration.GroupModel, most, highest: true);
    }

    /// <summary>The harvesting groups that score lowest at their best, for diagnosis.</summary>
    /// <param name="calibration">The calibration.</param>
    /// <param name="most">How many.</param>
    /// <returns>Score, kinds and features in words.</returns>
    public IEnumerable<string> HardestHarvests(CalibrationSet calibration, int most)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return Diagnose(_controlGroups.Where(sample => sample.Harvest), calibration.GroupModel, most, highest: false);
    }

    private static IEnumerable<string> Diagnose(IEnumerable<GroupSample> samples, LinearModel model, int most, bool highest)
    {
        var best = samples.GroupBy(sample => sample.Group).Select(looks => looks.MaxBy(sample => model.Score(sample.Features))!);
        var ordered = highest ? best.OrderByDescending(sample => model.Score(sample.Features)) : best.OrderBy(sample => model.Score(sample.Features));
        return ordered.Take(most).Select(sample => $"{model.Score(sample.Features),7:F2} n={sample.Exchanges,-6} {sample.Kinds,-32} " + string.Join(' ', Enumerable.Range(0, model.Weights.Count)
            .Select(index => (Name: model.Features[index], Value: sample.Features[index], Part: model.Contribution(sample.Features, index)))
            .Where(part => Math.Abs(part.Part) >= 0.3)
            .OrderByDescending(part => Math.Abs(part.Part)).Take(9)
            .Select(part => $"{part.Name}={part.Value:F2}({part.Part:+0.0;-0.0})")));
    }

    private IReadOnlyList<GroupLife> Communities(LinearModel model, int least, int most)
    {
        var lives = new GroupLives();
        foreach (var sample in _controlGroups.Where(sample => !sample.Harvest && sample.Members.Count >= least && sample.Members.Count <= most))
        {
            lives.Note(sample.Log, sample.Group, sample.Members, GroupLife.Of(sample.Features, model));
        }

        return lives.Communities(ImmutableHashSet<string>.Empty);
    }

    private LinearModel FitGroups()
    {
        // What two or three accounts share is too often chance to learn from.
        var groups = _fitGroups.Where(sample => sample.Members.Count >= CalibrationSet.LargeGroupMin).ToArray();
        var looks = groups.CountBy(sample => sample.Group).ToDictionary(pair => pair.Key, pair => pair.Value);
        var importance = groups.Select(sample => 1.0 / looks[sample.Group]).ToArray();
        var (rows, labels, weights) = Blindfolds.Apply([.. groups.Select(sample => sample.Features)], [.. groups.Select(sample => sample.Harvest)], importance, ModelShape.GroupBlindfolds);
        return Fit(rows, labels, weights, GroupRidge, ModelShape.GroupNames, ModelShape.GroupSigns, saturation: null);
    }

    // A later band's model is fitted on its own checkpoints alone: what tells a harvester apart at 128 exchanges is not what does at 2,048.
    // The first band's is fitted on all checkpoints: measured, that is better than one fitted on its own three (decision 0085).
    private LinearModel FitStructure(int band)
    {
        AccountSample[] samples = band == 0 ? [.. _fitAccounts] : [.. _fitAccounts.Where(sample => Checkpoints.BandOf(sample.Checkpoint) == band)];
        foreach (var (harvest, side) in new[] { (true, "harvests"), (false, "is legitimate") })
        {
            if (!samples.Any(sample => sample.Harvest == harvest))
            {
                throw new SimulationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the logs to fit on: expected an account that {side} and makes {Checkpoints.First << Checkpoints.FirstOf(band):N0} exchanges or more, found none; compose longer or larger ones"));
            }
        }

        return FitAccounts(samples, ModelShape.StructureSigns, StructureSaturation);
    }

    private static LinearModel FitAccounts(IReadOnlyList<AccountSample> samples, int[] signs, double? saturation)
    {
        var looks = samples.CountBy(sample => sample.Account).ToDictionary(pair => pair.Key, pair => pair.Value);
        var importance = samples.Select(sample => 1.0 / looks[sample.Account]).ToArray();
        var (rows, labels, weights) = Blindfolds.Apply([.. samples.Select(sample => sample.Features)], [.. samples.Select(sample => sample.Harvest)], importance, ModelShape.AccountBlindfolds);
        return Fit(rows, labels, weights, AccountRidge, ModelShape.AccountNames, signs, saturation);
    }

    private static LinearModel Fit(double[][] rows, bool[] labels, double[] importance, double ridge, string[] names, int[] signs, double? saturation)
    {
        Balance(labels, importance);
        var (means, scales) = Standardise(rows, labels, importance);
        var standard = rows.Select(row => row.Select((value, i) => signs[i] == ModelShape.Out ? 0 : LinearModel.Standardised(value, means[i], scales[i], saturation)).ToArray()).ToArray();
        var beta = LogisticFit.Fit(standard, labels, importance, ridge, [.. signs.Select(sign => sign == ModelShape.Out ? 0 : sign)]);
        return new LinearModel
        {
            Features = names,
            Means = [.. means.Select(value => Math.Round(value, 5))],
            Scales = [.. scales.Select(value => Math.Round(value, 5))],
            Weights = [.. beta.Skip(1).Select((weight, i) => signs[i] == ModelShape.Out ? 0 : Math.Round(weight, 4))],
            Bias = Math.Round(beta[0], 4),
            Saturation = saturation,
        };
    }

    // Both sides weigh the same, whatever share of a composed log harvests.
    private static void Balance(bool[] labels, double[] importance)
    {
        foreach (var side in (ReadOnlySpan<bool>)[true, false])
        {
            var sum = 0.0;
            for (var i = 0; i < labels.Length; i++)
            {
                sum += labels[i] == side ? importance[i] : 0;
            }

            for (var i = 0; i < labels.Length; i++)
            {
                importance[i] *= labels[i] == side && sum > 0 ? 500 / sum : 1;
            }
        }
    }

    // Means are the legitimate side's, so that a feature's share of a score is what it says beyond an ordinary account or group.
    private static (double[] Means, double[] Scales) Standardise(double[][] rows, bool[] labels, double[] importance)
    {
        var size = rows.Length == 0 ? 0 : rows[0].Length;
        double[] means = new double[size], scales = new double[size];
        for (var i = 0; i < size; i++)
        {
            double sum = 0, squares = 0, total = 0, ordinary = 0, weight = 0;
            for (var row = 0; row < rows.Length; row++)
            {
                var value = rows[row][i];
                total += importance[row];
                sum += importance[row] * value;
                squares += importance[row] * value * value;
                ordinary += labels[row] ? 0 : importance[row] * value;
                weight += labels[row] ? 0 : importance[row];
            }

            var mean = sum / total;
            means[i] = ordinary / Math.Max(1e-9, weight);
            scales[i] = Math.Max(0.02, Math.Sqrt(Math.Max(0, (squares / total) - (mean * mean))));
        }

        return (means, scales);
    }

    private IReadOnlyList<AccountBand> Bands(LinearModel[] structures, LinearModel elicitation)
    {
        var lives = new AccountLives(structures, elicitation);
        foreach (var sample in _controlAccounts.Where(sample => !sample.Harvest))
        {
            lives.Note(sample.Account, sample.PeerClass, sample.Checkpoint, sample.Features);
        }

        return lives.Bands(PeerClasses, ControlScores.KeptMax, ImmutableHashSet<string>.Empty);
    }
}
