using System.Text.Json.Nodes;
using Stillgate.Detection.Evidence;
using Xunit;

namespace Stillgate.Tests.Detection;

public sealed class EvidenceTests
{
    [Theory]
    [InlineData(10.0, 0.55)]
    [InlineData(19.0, 0.1)]
    [InlineData(1.0, 1.0)]
    public void PValue_AgainstNineteenControls_CountsThoseAtLeastAsHigh(double score, double expected)
    {
        var controls = ControlScores.Of(Enumerable.Range(1, 19).Select(value => (double)value), keep: 19);

        var p = controls.PValue(score);

        Assert.Equal(expected, p, precision: 12);
    }

    [Fact]
    public void PValue_BelowTheKeptScores_IsAnUpperBound()
    {
        var controls = ControlScores.Of(Enumerable.Range(1, 1000).Select(value => (double)value), keep: 50);

        Assert.Equal(1, controls.PValue(10));
        Assert.Equal(1.0 / 1001, controls.PValue(1001), precision: 12);
    }

    [Fact]
    public void Shipped_Calibration_IsLargeEnoughForItsBudgets()
    {
        var shipped = CalibrationSet.Shipped;

        Assert.True(shipped.GroupControls.PValue(double.MaxValue) <= shipped.GroupAlpha);
        Assert.Equal(1, shipped.AccountBands.Sum(band => band.Share), precision: 12);
        Assert.All(shipped.AccountBands[0].Controls, peers => Assert.True(peers.Together.PValue(double.MaxValue) <= shipped.AccountAlpha * shipped.AccountBands[0].Share));
        Assert.Equal(shipped.GroupModel.Features.Count, shipped.GroupModel.Weights.Count);
    }

    [Theory]
    [InlineData(true, true, false, false, true)]
    [InlineData(true, false, true, true, true)]
    [InlineData(true, false, true, false, false)]
    [InlineData(true, false, false, true, false)]
    [InlineData(false, true, false, false, false)]
    public void ShowTwoKinds_WhatIsUnusual_NeedsWordsBesideBehaviourOrBothHalvesOfBehaviour(bool structure, bool words, bool pace, bool content, bool expected)
    {
        var ordinary = ControlScores.Of(Enumerable.Range(1, 99).Select(value => (double)value), keep: 99);
        var controls = new AccountControls { Structure = ordinary, Elicitation = ordinary, Pace = ordinary, Content = ordinary, Together = ordinary };
        var scores = new AccountScores(Of(structure), Of(words), Of(pace), Of(content));

        Assert.Equal(expected, scores.ShowTwoKinds(controls, kindAlpha: 0.1));

        static double Of(bool isUnusual) => isUnusual ? 95 : 50;
    }

    [Fact]
    public void ShowTwoKinds_CalibrationWithoutPaceAndContent_AsksForWords()
    {
        var ordinary = ControlScores.Of(Enumerable.Range(1, 99).Select(value => (double)value), keep: 99);
        var controls = new AccountControls { Structure = ordinary, Elicitation = ordinary, Together = ordinary };

        Assert.False(new AccountScores(100, 0, 100, 100).ShowTwoKinds(controls, kindAlpha: 0.1));
        Assert.True(new AccountScores(100, 100, 0, 0).ShowTwoKinds(controls, kindAlpha: 0.1));
    }

    [Fact]
    public void Load_Version1_IsOneBandThatAsksForOneKindOfEvidence()
    {
        using var folder = new TemporaryFolder();
        var old = JsonNode.Parse(CalibrationSet.Shipped.ToJson())!.AsObject();
        old["version"] = 1;
        old["accountControls"] = old["accountBands"]![1]!["controls"]!.DeepClone();
        foreach (var later in (string[])["accountBands", "groupKindAlpha", "groupPurpose", "groupCoordination"])
        {
            old.Remove(later);
        }

        var file = folder.File("old.json");
        File.WriteAllText(file, old.ToJsonString());
        var set = CalibrationSet.Load(file);

        Assert.Equal((0, 1.0), (Assert.Single(set.AccountBands).FirstCheckpoint, set.AccountBands[0].Share));
        Assert.Equal(CalibrationSet.Shipped.AccountBands[1].Controls[0].Together.Highest, set.AccountBands[0].Controls[0].Together.Highest);
        Assert.Equal((1.0, 1.0), (set.GroupKindAlpha, set.GroupPurpose.PValue(0)));
    }

    [Fact]
    public void Load_FileThatIsNoCalibration_IsRefusedByName()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "{\"version\":1}");

            var refusal = Assert.Throws<Stillgate.Protocol.ExchangeLog.LogFormatException>(() => CalibrationSet.Load(file));

            Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
