using System.Collections.Immutable;
using Stillgate.Lab.Simulation.Contrast;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation;

/// <summary>
/// Composes an exchange log with registrations and the truth about every account. Deterministic: the same options over the same
/// texts give the same bytes. Memory follows the number of accounts, not of exchanges.
/// </summary>
public sealed class TrafficSimulator
{
    private readonly SimulationOptions _options;
    private readonly Composition _composition;

    /// <summary>Draws the accounts.</summary>
    /// <param name="options">What to compose.</param>
    /// <exception cref="SimulationException">An option is out of range, or the development texts are absent.</exception>
    public TrafficSimulator(SimulationOptions options)
    {
        Check(options);
        _options = options;
        _composition = new Composition(options, TextLibraryLoader.Load(options));
        if (options.Style == CompositionStyle.Contrast)
        {
            ContrastCast.Fill(_composition);
        }
        else
        {
            Cast.Fill(_composition);
        }

        if (_composition.Plans.Count == 0)
        {
            throw new SimulationException($"--scale {options.Scale}: leaves no account; 0.001 is ten accounts");
        }
    }

    /// <summary>The truth about every account.</summary>
    public IReadOnlyList<AccountLabel> Labels => [.. _composition.Plans.Select(plan => plan.Label)];

    /// <summary>What the operator would know of every account.</summary>
    public IReadOnlyList<RegistrationRecord> Registrations => [.. _composition.Plans.Select(plan => plan.Identity.Registration)];

    /// <summary>The exchanges in the order of time, made as they are read. Each call makes the same ones anew.</summary>
    /// <returns>A lazy sequence.</returns>
    public IEnumerable<ExchangeRecord> Exchanges() => Stream().Select(exchange => exchange.Record);

    /// <summary>Writes the log, the registrations, the labels and the manifest.</summary>
    /// <param name="progress">Told how many exchanges are written and how much of the log's time has passed, now and then; or null.</param>
    /// <param name="stop">Ends the run; nothing is left behind.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="SimulationException">The folder cannot be written.</exception>
    public SimulationSummary Write(IProgress<SimulationProgress>? progress, CancellationToken stop)
    {
        const int reportEvery = 5_000;
        try
        {
            using var folder = new SimulationFolder(_options.OutputFolder);
            var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
            long written = 0;
            foreach (var (plan, record) in Stream())
            {
                folder.Write(record);
                var kind = plan.Label.RingKind ?? plan.Label.Kind;
                counts[kind] = counts.GetValueOrDefault(kind) + 1;
                if (++written % reportEvery == 0)
                {
                    stop.ThrowIfCancellationRequested();
                    progress?.Report(new SimulationProgress(written, (record.At - _composition.Start) / (_composition.End - _composition.Start)));
                }
            }

            folder.WritePlans(_composition.Plans);
            var summary = Summarise(written, counts);
            folder.Commit(summary);
            return summary;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"{_options.OutputFolder}: cannot be written: {cause.Message}", cause);
        }
    }

    /// <summary>
    /// The exchanges of every so manieth account, in the order of time: the parts together are <see cref="Exchanges()"/> but for the ids,
    /// and may be composed at once.
    /// </summary>
    /// <param name="part">0 up to <paramref name="partCount"/>.</param>
    /// <param name="partCount">How many parts there are.</param>
    internal IEnumerable<ExchangeRecord> Exchanges(int part, int partCount) => Stream(part, partCount).Select(exchange => exchange.Record);

    private IEnumerable<(AccountPlan Plan, ExchangeRecord Record)> Stream(int part = 0, int partCount = 1)
    {
        long number = part + 1 - partCount;
        foreach (var (plan, call, chance) in new PlanMerge(_composition.Plans, _options.Seed, part, partCount).Run(_composition.End))
        {
            yield return (plan, _composition.Habit.Apply(ExchangeAssembler.Assemble(plan, call, number += partCount, chance)));
        }
    }

    private SimulationSummary Summarise(long exchanges, SortedDictionary<string, long> exchangesByKind)
    {
        var labels = Labels;
        return new SimulationSummary
        {
            Seed = _options.Seed,
            Scale = _options.Scale,
            Days = _options.Days,
            HarvestShare = _options.HarvestShare,
            Style = _options.Style.ToString().ToLowerInvariant(),
            Wrappers = _options.Wrappers.ToString().ToLowerInvariant(),
            Sources = [.. _composition.Library.Sources],
            Accounts = labels.Count,
            Exchanges = exchanges,
            Rings = Count(labels.Where(label => label.Ring is not null).DistinctBy(label => label.Ring), label => label.RingKind!),
            AccountsByKind = Count(labels, label => label.Kind),
            ExchangesByKind = exchangesByKind,
            AccountsByLanguage = Count(labels, label => label.Language),
        };
    }

    private static ImmutableSortedDictionary<string, int> Count(IEnumerable<AccountLabel> labels, Func<AccountLabel, string> key) =>
        labels.GroupBy(key).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    private static void Check(SimulationOptions options)
    {
        if (options.Scale is not (> 0 and <= 200))
        {
            throw new SimulationException($"--scale {options.Scale}: expected a number above 0 and at most 200 (2,000,000 accounts)");
        }

        if (options.Days is < 1 or > 120)
        {
            throw new SimulationException($"--days {options.Days}: expected 1 to 120");
        }

        if (options.LegitimateExchangesMax is < 1)
        {
            throw new SimulationException($"at most {options.LegitimateExchangesMax} exchanges of a legitimate account: expected 1 or more");
        }

        if (options.HarvestShare is not (>= 0 and <= 1))
        {
            throw new SimulationException($"--harvest-share {options.HarvestShare}: expected 0 to 1");
        }
    }
}
