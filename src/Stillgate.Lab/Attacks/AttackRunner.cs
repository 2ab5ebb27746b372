using Stillgate.Detection.Evidence;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Attacks;

/// <summary>
/// Composes rings for each setting of a sweep, hides them in a background of legitimate traffic that is composed once a seed, and
/// analyses both together. Nothing is written to disk.
/// </summary>
/// <param name="calibration">The calibration.</param>
/// <param name="texts">Texts, sources and wrappers to compose from; its seed, scale and rings are replaced.</param>
/// <param name="seeds">A background and a set of rings each.</param>
/// <param name="backgroundScale">Size of the background: 1 is 10,000 accounts.</param>
internal sealed class AttackRunner(CalibrationSet calibration, SimulationOptions texts, IReadOnlyList<long> seeds, double backgroundScale)
{
    // So small a population has no legitimate account but the one reseller that every composition holds, and no single harvester.
    private const double RingsOnlyScale = 0.0003;
    private const long RingSeedStep = 1_000_003;
    private readonly Dictionary<long, SketchedLog> _backgrounds = [];

    /// <summary>Composes the backgrounds.</summary>
    public void Prepare(CancellationToken stop)
    {
        foreach (var seed in seeds)
        {
            _backgrounds[seed] = SketchedLog.Compose(texts with { Seed = seed, Scale = backgroundScale, HarvestShare = 0, Rings = [] }, stop);
        }
    }

    /// <summary>Exchanges of all backgrounds.</summary>
    public int BackgroundExchangeCount => _backgrounds.Values.Sum(log => log.ExchangeCount);

    /// <summary>Legitimate accounts of all backgrounds.</summary>
    public int BackgroundAccountCount => _backgrounds.Values.Sum(log => log.Labels.Count);

    /// <summary>Runs a sweep. Settings run at once, as many as there are cores; the outcome does not depend on it.</summary>
    public IReadOnlyList<AttackOutcome> Run(AttackSweep sweep, CancellationToken stop) =>
        [.. sweep.Points.AsParallel().AsOrdered().WithCancellation(stop).Select(point => Run(point, stop))];

    /// <summary>Hides a setting's rings in every background.</summary>
    /// <param name="point">The setting.</param>
    /// <param name="stop">Ends the run.</param>
    /// <returns>The sum over the seeds.</returns>
    public AttackOutcome Run(AttackPoint point, CancellationToken stop)
    {
        var found = seeds.Select(seed => Run(seed, point.Rings, stop)).ToArray();
        return new AttackOutcome(point, EvaluationSum.Of([.. found.Select(one => one.Report)])) { Searching = SearchCount.Sum(found.SelectMany(one => one.Searching)) };
    }

    private (EvaluationReport Report, IReadOnlyDictionary<string, Rate> Searching) Run(long seed, IReadOnlyList<RingRequest> rings, CancellationToken stop)
    {
        var attack = SketchedLog.Compose(texts with { Seed = seed + RingSeedStep, Scale = RingsOnlyScale, HarvestShare = 1, Rings = rings }, stop);
        var log = _backgrounds[seed].With(attack);
        var run = log.Analyse(calibration, blindfold: null, observer: null, stop);
        return (Evaluator.Evaluate(log.Labels, run.Snapshot), SearchCount.Of(log.Labels, run));
    }
}
