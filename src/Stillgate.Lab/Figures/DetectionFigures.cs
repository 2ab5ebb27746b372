using System.Diagnostics;
using System.Globalization;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Lab.Attacks;
using Stillgate.Lab.Baselines;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Figures;

/// <summary>
/// Measures all that the detection's page shows, in one run over the same logs: the analysis, the baselines, the analysis without each
/// family of signals, and the adaptive attackers.
/// </summary>
/// <param name="options">What from.</param>
public sealed class DetectionFigures(DetectionFiguresOptions options)
{
    private readonly List<string> _parts = [];
    private readonly List<string> _logs = [];
    private readonly List<string> _speeds = [];
    private readonly List<EvaluationReport> _reports = [];
    private readonly List<DetectorScores> _detectors = [new DetectorScores("Stillgate")];
    private readonly List<IReadOnlyList<AccountLabel>> _accounts = [];
    private readonly List<AnalysisSnapshot> _snapshots = [];
    private readonly List<AblationRow> _ablation = [];
    private readonly LooseAlarms _loose = new();
    private IReadOnlyList<AccountMap> _maps = [];
    private readonly List<(AttackSweep Sweep, IReadOnlyList<AttackOutcome> Outcomes)> _attacks = [];
    private (AttackOutcome Shared, AttackOutcome Distinct)? _identifiers;
    private string _attackBackground = "";

    /// <summary>Runs every part and writes the page with its charts.</summary>
    /// <param name="page">The page to write; the charts lie beside it.</param>
    /// <param name="stop">Ends the run; nothing is written then.</param>
    /// <returns>The parts that ran, in words.</returns>
    /// <exception cref="SimulationException">A folder is not a composition, or the texts are absent.</exception>
    /// <exception cref="LogFormatException">A log cannot be read.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(string page, CancellationToken stop)
    {
        await PartAsync("analysis of the text logs", () => AnalyseAsync(stop)).ConfigureAwait(false);
        await PartAsync("speed from a sketch log", () => MeasureSketchLogAsync(stop)).ConfigureAwait(false);
        await PartAsync("languages", () => CompareLanguagesAsync(stop)).ConfigureAwait(false);
        if (options.TrainingFolder is { } training)
        {
            await PartAsync("baselines", () => Task.Run(() => CompareBaselines(training, stop), stop)).ConfigureAwait(false);
        }

        if (options.Ablates)
        {
            await PartAsync("ablation", () => AblateAsync(stop)).ConfigureAwait(false);
        }

        if (options.AttackTexts is { } texts)
        {
            await PartAsync("adaptive attackers", () => Task.Run(() => Attack(texts, stop), stop)).ConfigureAwait(false);
        }

        var files = DetectionPage.Write(Findings(), Path.GetFileNameWithoutExtension(page));
        foreach (var (name, content) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, name), content, stop).ConfigureAwait(false);
        }

        return _parts;
    }

    private DetectionFindings Findings() => new()
    {
        Calibration = string.Create(CultureInfo.InvariantCulture, $"{options.Calibration.Name}, {options.Calibration.Accounts:N0} legitimate accounts, {options.Calibration.Groups:N0} control communities"),
        Logs = _logs,
        Speeds = _speeds,
        Report = EvaluationSum.Of(_reports),
        Detectors = _detectors,
        Maps = _maps,
        Loose = _loose,
        Ablation = _ablation,
        Attacks = _attacks,
        AttackBackground = _attackBackground,
        Identifiers = _identifiers,
        Parts = _parts,
    };

    private async Task PartAsync(string name, Func<Task> work)
    {
        options.OnPart?.Invoke(name);
        var clock = Stopwatch.StartNew();
        await work().ConfigureAwait(false);
        _parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {clock.Elapsed.TotalSeconds:F0} s"));
    }

    private async Task AnalyseAsync(CancellationToken stop)
    {
        double exchanges = 0, seconds = 0;
        foreach (var folder in options.Folders)
        {
            var labels = SketchedLog.LabelsOf(folder);
            var scores = new EvidenceScores(options.Calibration);
            var run = await RunAsync(Path.Combine(folder, "log.jsonl.gz"), folder, scores, stop).ConfigureAwait(false);
            (exchanges, seconds) = (exchanges + run.Snapshot.ExchangeCount, seconds + run.Elapsed.TotalSeconds);
            _reports.Add(Evaluator.Evaluate(labels, run.Snapshot));
            _snapshots.Add(run.Snapshot);
            var judged = run.Snapshot.Verdicts.Where(verdict => labels.ContainsKey(verdict.Account)).ToArray();
            foreach (var verdict in judged)
            {
                _detectors[0].Add(labels[verdict.Account], scores.Of(verdict));
            }

            _accounts.Add([.. judged.Select(verdict => labels[verdict.Account])]);
            _logs.Add(string.Create(CultureInfo.InvariantCulture, $"`{Path.GetFileName(folder.TrimEnd('/'))}`: {run.Snapshot.ExchangeCount:N0} exchanges of {run.Snapshot.Verdicts.Count:N0} accounts, {run.Snapshot.Campaigns.Count} campaigns"));
        }

        _speeds.Add(Speed("from text logs (read, parse, sketch, analyse)", exchanges, seconds));
        _speeds.Add(string.Create(CultureInfo.InvariantCulture, $"peak memory of that: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB"));
    }

    private async Task MeasureSketchLogAsync(CancellationToken stop)
    {
        var folder = options.Folders[0];
        var scratch = Directory.CreateTempSubdirectory("stillgate-sketches-").FullName;
        var file = Path.Combine(scratch, "sketches.jsonl.gz");
        try
        {
            await Task.Run(() => SketchLogFile.Convert(Path.Combine(folder, "log.jsonl.gz"), file, stop), stop).ConfigureAwait(false);
            var run = await RunAsync(file, folder, observer: null, stop).ConfigureAwait(false);
            _speeds.Insert(1, Speed("from a sketch log (read, parse, analyse; the first log, converted)", run.Snapshot.ExchangeCount, run.Elapsed.TotalSeconds));
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private async Task CompareLanguagesAsync(CancellationToken stop)
    {
        var calibration = LooseAlarms.Loosen(options.Calibration);
        foreach (var folder in options.Folders.Concat(options.LanguageFolders))
        {
            var log = await SketchedLog.LoadAsync(folder, stop).ConfigureAwait(false);
            _loose.Add(log.Labels, log.Analyse(calibration, blindfold: null, observer: null, stop).Snapshot);
        }
    }

    private async Task<AnalysisRun> RunAsync(string log, string folder, EvidenceScores? observer, CancellationToken stop)
    {
        var analysis = new LogAnalysis(
            log,
            SketchedLog.Registrations(folder),
            new AnalysisOptions { Calibration = options.Calibration, Observer = observer },
            problem => throw new LogFormatException(problem.ToString()));
        return await analysis.RunAsync(progress: null, stop).ConfigureAwait(false);
    }

    private void CompareBaselines(string training, CancellationToken stop)
    {
        var trained = BaselineScoring.Train(training, seed: 1);
        var scores = options.Folders.Zip(_accounts).AsParallel().AsOrdered().WithCancellation(stop)
            .Select(log => BaselineScoring.Score(trained, log.First, [.. log.Second.Select(label => label.Account)], stop)).ToArray();
        for (var baseline = 0; baseline < scores[0].Detectors.Count; baseline++)
        {
            var detector = new DetectorScores(scores[0].Detectors[baseline].Name);
            for (var log = 0; log < scores.Length; log++)
            {
                for (var account = 0; account < _accounts[log].Count; account++)
                {
                    detector.Add(_accounts[log][account], scores[log].Detectors[baseline].Scores[account]);
                }
            }

            _detectors.Add(detector);
        }

        _maps = AccountMap.Sum([.. scores.Select((score, log) => AccountMap.Of(score.Sharing, SketchedLog.LabelsOf(options.Folders[log]), _snapshots[log]))]);
    }

    private async Task AblateAsync(CancellationToken stop)
    {
        SignalFamily?[] variants = [null, .. SignalFamily.All];
        var reports = variants.Select(_ => new List<EvaluationReport>()).ToArray();
        double exchanges = 0, seconds = 0;
        foreach (var folder in options.Folders)
        {
            var log = await SketchedLog.LoadAsync(folder, stop).ConfigureAwait(false);
            var whole = log.Analyse(options.Calibration, blindfold: null, observer: null, stop);
            (exchanges, seconds) = (exchanges + log.ExchangeCount, seconds + whole.Elapsed.TotalSeconds);
            reports[0].Add(Evaluator.Evaluate(log.Labels, whole.Snapshot));
            var blinded = variants.Skip(1).AsParallel().AsOrdered().WithCancellation(stop)
                .Select(family => Evaluator.Evaluate(log.Labels, log.Analyse(options.Calibration, family, observer: null, stop).Snapshot)).ToArray();
            for (var variant = 1; variant < variants.Length; variant++)
            {
                reports[variant].Add(blinded[variant - 1]);
            }
        }

        _speeds.Insert(2, Speed("the engine alone, one thread, from sketches in memory", exchanges, seconds));
        _ablation.AddRange(variants.Select((family, index) => new AblationRow(family?.Name, EvaluationSum.Of(reports[index]))));
    }

    private void Attack(SimulationOptions texts, CancellationToken stop)
    {
        var runner = new AttackRunner(options.Calibration, texts, options.AttackSeeds, options.AttackScale);
        runner.Prepare(stop);
        _attackBackground = string.Create(CultureInfo.InvariantCulture, $"{runner.BackgroundExchangeCount:N0} exchanges of {runner.BackgroundAccountCount:N0} legitimate accounts (seeds {string.Join(", ", options.AttackSeeds)})");
        foreach (var sweep in AttackSweep.Published)
        {
            options.OnPart?.Invoke("adaptive attackers: " + sweep.Title);
            _attacks.Add((sweep, runner.Run(sweep, stop)));
        }

        bool[] distinct = [false, true];
        var identifiers = distinct.AsParallel().AsOrdered().WithCancellation(stop).Select(all => runner.Run(new AttackPoint(all ? 1 : 0, "every kind", AttackSweep.EveryKind(all)), stop)).ToArray();
        _identifiers = (identifiers[0], identifiers[1]);
    }

    private static string Speed(string what, double exchanges, double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{exchanges / seconds:N0} exchanges/s {what}");
}
