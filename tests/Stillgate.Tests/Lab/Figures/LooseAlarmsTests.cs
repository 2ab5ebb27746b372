using Stillgate.Detection.Evidence;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;
using Xunit;

namespace Stillgate.Tests.Lab.Figures;

/// <summary>Alarms under budgets far larger than the published ones.</summary>
public sealed class LooseAlarmsTests
{
    [Fact]
    public void Loosen_ShippedCalibration_NamesMoreAndNeverLess()
    {
        var stop = TestContext.Current.CancellationToken;
        var log = SketchedLog.Compose(Composed.Options(seed: 81, scale: 0.02) with { Wrappers = WrapperHalf.Report }, stop);
        var loosened = LooseAlarms.Loosen(CalibrationSet.Shipped);

        var strict = log.Analyse(CalibrationSet.Shipped, blindfold: null, observer: null, stop).Snapshot.Verdicts.Where(verdict => verdict.FlaggedAt is not null).Select(verdict => verdict.Account).ToHashSet();
        var loose = log.Analyse(loosened, blindfold: null, observer: null, stop).Snapshot.Verdicts.Where(verdict => verdict.FlaggedAt is not null).Select(verdict => verdict.Account).ToHashSet();

        Assert.NotEmpty(strict);
        Assert.Superset(strict, loose);
        Assert.True(loose.Count > strict.Count);
    }

    [Fact]
    public void Loosen_FewControls_StaysWithinWhatTheyTell()
    {
        var few = ControlScores.Of(Enumerable.Range(0, 40).Select(index => (double)index), keep: 2);

        var loosened = LooseAlarms.Loosen(CalibrationSet.Shipped with { GroupControls = few });

        Assert.Equal(0.9 * 2 / 41, loosened.GroupAlpha, 9);
        Assert.Equal(1, few.PValue(37));
    }

    [Fact]
    public void Add_ACommunityOfManyAccounts_IsOneDecision()
    {
        var stop = TestContext.Current.CancellationToken;
        var log = SketchedLog.Compose(Composed.Options(seed: 81, scale: 0.02), stop);
        var snapshot = log.Analyse(CalibrationSet.Shipped, blindfold: null, observer: null, stop).Snapshot;
        var alarms = new LooseAlarms();

        alarms.Add(log.Labels, snapshot);

        var legitimate = snapshot.Verdicts.Select(verdict => log.Labels[verdict.Account]).Where(label => label is { Harvest: false, Undecidable: false }).ToArray();
        Assert.Equal(legitimate.Length, alarms.Accounts.Sum(pair => pair.Value.Total));
        Assert.Equal(legitimate.Select(label => (label.Group ?? label.Account, label.Language)).Distinct().Count(), alarms.Decisions.Sum(pair => pair.Value.Total));
        Assert.True(alarms.Decisions.Sum(pair => pair.Value.Total) < legitimate.Length);
    }
}
