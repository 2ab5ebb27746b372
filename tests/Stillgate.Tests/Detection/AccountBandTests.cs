using Stillgate.Detection.Accounts;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>Each band of checkpoints has a structure model of its own.</summary>
public sealed class AccountBandTests : IDisposable
{
    private const int ToLateBand = 256;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verdict_WhereTheEarlyModelSpeaks_IsFoundEarlyAndExplainedByIt()
    {
        var calibration = Speaking(early: AccountFeature.Distinct, late: null);

        var (early, late) = (Judged(128, calibration), Judged(ToLateBand, calibration));

        Assert.Equal((Verdict.Watch, 0.05 / 0.6), (early.Verdict, early.OwnPValue));
        Assert.Equal("NEVER_REPEATS", Assert.Single(early.Reasons).Code);

        // What the late model does not find takes nothing back, and the reason stays that of the band that found it.
        Assert.Equal((early.Verdict, early.OwnPValue), (late.Verdict, late.OwnPValue));
        Assert.Equal(("NEVER_REPEATS", early.Reasons[0].Text, early.Reasons[0].Weight), (Assert.Single(late.Reasons).Code, late.Reasons[0].Text, late.Reasons[0].Weight));
    }

    [Fact]
    public void Verdict_WhereTheLateModelSpeaks_IsFoundLateAndExplainedByIt()
    {
        var calibration = Speaking(early: null, late: AccountFeature.SingleTurn);

        var (early, late) = (Judged(ToLateBand - 1, calibration), Judged(ToLateBand, calibration));

        Assert.Equal((Verdict.Clear, 1.0), (early.Verdict, early.OwnPValue));
        Assert.Empty(early.Reasons);
        Assert.Equal((Verdict.Watch, 0.05 / 0.4), (late.Verdict, late.OwnPValue));
        Assert.Equal("NO_CONVERSATION", Assert.Single(late.Reasons).Code);
    }

    [Fact]
    public void Reasons_AfterACheckpoint_AreThoseOfTheSameBand()
    {
        var options = new AnalysisOptions { Calibration = Speaking(early: null, late: AccountFeature.SingleTurn), RepeatFilterLog2Bits = 20 };
        var engine = new AnalysisEngine(options);
        Feed(engine, ToLateBand);
        var file = _folder.File("checkpoint");
        CheckpointFile.Save(file, new LogPosition { Lines = ToLateBand }, engine, rules: 1);

        var resumed = CheckpointFile.TryLoad(file, options, rules: 1, out var reason);

        Assert.Null(reason);
        var (before, after) = (Assert.Single(engine.Snapshot().Verdicts), Assert.Single(resumed!.Value.Engine.Snapshot().Verdicts));
        Assert.Equal("NO_CONVERSATION", Assert.Single(after.Reasons).Code);
        Assert.Equal((before.OwnPValue, before.Reasons[0].Text, before.Reasons[0].Weight), (after.OwnPValue, after.Reasons[0].Text, after.Reasons[0].Weight));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(300, "Its exchanges fall evenly on the hours of the day that it has lived through (evenness 0.98 of 1).")]
    public void Reasons_HoursOfALife_AreSaidWhereItIsLongEnoughToTell(int minutesBetween, string? expected)
    {
        var calibration = Speaking(early: AccountFeature.HourEvenness, late: null);

        var verdict = Judged(64, calibration, TimeSpan.FromMinutes(minutesBetween));

        Assert.Equal(Verdict.Watch, verdict.Verdict);
        Assert.Equal(expected, verdict.Reasons.SingleOrDefault(reason => reason.Code == "ALL_HOURS")?.Text);
    }

    [Fact]
    public void History_OfACalibrationWithOtherBands_IsScoredWithTheModelThatItWrites()
    {
        var shipped = CalibrationSet.Shipped;
        var three = Speaking(early: AccountFeature.Distinct, late: AccountFeature.SingleTurn);
        three = three with { AccountBands = [.. three.AccountBands, shipped.AccountBands[1] with { FirstCheckpoint = 5 }] };
        var lives = new Stillgate.Detection.Calibrating.HistoryScores(three);
        var features = new double[AccountMeasurement.FeatureCount];
        features[(int)AccountFeature.SingleTurn] = 1;
        lives.AccountMeasured("a", peerClass: 0, checkpoint: 7, features);

        var late = lives.Accounts.Bands(peerClasses: 1, keep: 10, new HashSet<string>())[1];

        Assert.Same(three.AccountBands[1].StructureModel, late.StructureModel);
        Assert.Equal([late.StructureModel.Score(features)], late.Controls[0].Structure.Highest);
    }

    /// <summary>A calibration of which each band's model sees one feature, or nothing; controls that score 0, and budgets under which nobody is more than watched.</summary>
    private static CalibrationSet Speaking(AccountFeature? early, AccountFeature? late)
    {
        var ordinary = ControlScores.Of(Enumerable.Repeat(0.0, 19), keep: 19);
        var controls = new AccountControls { Structure = ordinary, Elicitation = ordinary, Together = ordinary };
        var shipped = CalibrationSet.Shipped;
        return shipped with
        {
            AccountAlpha = 0.05,
            ElicitationModel = Seeing(shipped.ElicitationModel, null) with { Bias = 0 },
            AccountBands = [.. shipped.AccountBands.Zip([early, late], (band, feature) =>
                band with { StructureModel = Seeing(band.StructureModel, feature), Controls = [controls, controls, controls] })],
        };
    }

    private static LinearModel Seeing(LinearModel model, AccountFeature? feature) => model with
    {
        Means = [.. model.Means.Select(_ => 0.0)],
        Scales = [.. model.Scales.Select(_ => 1.0)],
        Weights = [.. model.Weights.Select((_, index) => index == (int?)feature ? 4.0 : 0)],
        Bias = -1,
    };

    private static AccountVerdict Judged(int exchanges, CalibrationSet calibration, TimeSpan? between = null)
    {
        var engine = new AnalysisEngine(new AnalysisOptions { Calibration = calibration, RepeatFilterLog2Bits = 20 });
        Feed(engine, exchanges, between);
        return Assert.Single(engine.Snapshot().Verdicts);
    }

    private static void Feed(AnalysisEngine engine, int exchanges, TimeSpan? between = null)
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var exchange = new SketchedExchange();
        for (var i = 0; i < exchanges; i++)
        {
            var record = Exchanges.Ask($"x-{i:D5}", "a", Exchanges.Start + (i * (between ?? TimeSpan.FromMinutes(20))), $"Question number {i} about the {i * 7}th thing");
            Assert.True(ExchangeReading.TryRead(record, sketcher, exchange));
            engine.Observe(exchange);
        }
    }
}
