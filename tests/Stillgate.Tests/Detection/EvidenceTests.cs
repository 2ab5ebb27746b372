using System.Text.Json.Nodes;
using Stillgate.Detection.Evidence;
using Stillgate.Protocol.ExchangeLog;
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Load_OlderVersion_IsRefusedWithWhatToDo(int version)
    {
        // As those versions were: one structure model for all, and in the first one band for all.
        var old = Shipped();
        old["version"] = version;
        old["structureModel"] = old["accountBands"]![0]!["structureModel"]!.DeepClone();
        foreach (var band in old["accountBands"]!.AsArray())
        {
            band!.AsObject().Remove("structureModel");
        }

        if (version == 1)
        {
            old["accountControls"] = old["accountBands"]![1]!["controls"]!.DeepClone();
            old.Remove("accountBands");
        }

        var refusal = Refusal(old.ToJsonString(), out var file);

        Assert.StartsWith($"{file}: version: a calibration of version {version}, and this build reads version 3. It was made when ", refusal, StringComparison.Ordinal);
        Assert.Contains("cannot be compared", refusal, StringComparison.Ordinal);
        Assert.Contains("stillgate calibrate LOG --name NAME --out FILE", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NewerVersion_IsRefusedAsNewer()
    {
        var newer = Shipped();
        newer["version"] = 4;

        Assert.EndsWith("a calibration of version 4, and this build reads version 3: a newer build made it", Refusal(newer.ToJsonString(), out _), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", ": version: expected a calibration")]
    [InlineData("[3]", ": version: expected a calibration")]
    [InlineData("{\"version\":\"3\"}", ": version: expected a calibration")]
    [InlineData("{\"version\":2.5}", ": version: expected a calibration")]
    [InlineData("{\"version\":0}", ": version: expected a calibration")]
    [InlineData("{\"version\":3,\n\"name\":", ":2: not a calibration of version 3")]
    [InlineData("{\"version\":3}", ":1: not a calibration of version 3: ")]
    public void Load_FileThatIsNoCalibration_IsRefusedByFileAndField(string text, string expected)
    {
        var refusal = Refusal(text, out var file);

        Assert.StartsWith(file, refusal, StringComparison.Ordinal);
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_BandWithoutAModel_IsRefusedByItsName(bool isNull)
    {
        var lacking = Shipped();
        var band = lacking["accountBands"]![1]!.AsObject();
        band.Remove("structureModel");
        if (isNull)
        {
            band["structureModel"] = null;
        }

        var refusal = Refusal(lacking.ToJsonString(), out var file);

        Assert.StartsWith(file, refusal, StringComparison.Ordinal);
        Assert.Contains("structureModel", refusal, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Load_NoBand_IsRefused()
    {
        var none = Shipped();
        none["accountBands"] = new JsonArray();

        Assert.EndsWith(": accountBands: expected one band or more", Refusal(none.ToJsonString(), out _), StringComparison.Ordinal);
    }

    private static JsonObject Shipped() => JsonNode.Parse(CalibrationSet.Shipped.ToJson())!.AsObject();

    private static string Refusal(string calibration, out string path)
    {
        using var folder = new TemporaryFolder();
        var file = path = folder.File("calibration.json");
        File.WriteAllText(file, calibration);
        return Assert.Throws<LogFormatException>(() => CalibrationSet.Load(file)).Message;
    }
}
