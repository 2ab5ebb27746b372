using System.Globalization;
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

    [Theory]
    [InlineData("groupAlpha", "1.5", "groupAlpha: expected a number from 0 to 1, found 1.5")]
    [InlineData("accountAlpha", "-0.1", "accountAlpha: expected a number from 0 to 1, found -0.1")]
    [InlineData("kindAlpha", "2", "kindAlpha: expected a number from 0 to 1, found 2")]
    [InlineData("groupKindAlpha", "1.0001", "groupKindAlpha: expected a number from 0 to 1, found 1.0001")]
    [InlineData("accounts", "-1", "accounts: expected 0 or more, found -1")]
    [InlineData("smallGroups[1].alpha", "7", "smallGroups[1].alpha: expected a number from 0 to 1, found 7")]
    [InlineData("smallGroups[0].members", "4", "smallGroups[0].members: expected 2 to 3, found 4")]
    [InlineData("smallGroups[0]", "null", "smallGroups[0]: expected an object, found null")]
    [InlineData("accountBands[0].share", "1.6", "accountBands[0].share: expected a number from 0 to 1, found 1.6")]
    [InlineData("accountBands[0].share", "0.5", "accountBands: expected shares that add up to 1, found 0.9")]
    [InlineData("accountBands[0].firstCheckpoint", "1", "accountBands[0].firstCheckpoint: expected 0, found 1")]
    [InlineData("accountBands[1].firstCheckpoint", "0", "accountBands[1].firstCheckpoint: expected more than 0, found 0")]
    [InlineData("accountBands[1]", "null", "accountBands[1]: expected an object, found null")]
    [InlineData("accountBands[1].controls", "[]", "accountBands[1].controls: expected 3, one for each peer class, found 0")]
    [InlineData("accountBands[0].controls[2]", "null", "accountBands[0].controls[2]: expected an object, found null")]
    [InlineData("groupModel.features[1]", "\"Turns\"", "groupModel.features[1]: expected SingleTurn, found Turns")]
    [InlineData("groupModel.features[1]", "null", "groupModel.features[1]: expected SingleTurn, found null")]
    [InlineData("elicitationModel.features[17]", "\"CueJudge\"", "elicitationModel.features[17]: expected CueRationale, found CueJudge")]
    [InlineData("groupModel.means", "[0.5]", "groupModel.means: expected 35 numbers, one for each feature, found 1")]
    [InlineData("elicitationModel.weights", "[]", "elicitationModel.weights: expected 31 numbers, one for each feature, found 0")]
    [InlineData("accountBands[1].structureModel.scales", "[1,1]", "accountBands[1].structureModel.scales: expected 31 numbers, one for each feature, found 2")]
    [InlineData("accountBands[1].structureModel.scales[4]", "0", "accountBands[1].structureModel.scales[4]: expected a number above 0, found 0")]
    [InlineData("groupModel.scales[0]", "-1", "groupModel.scales[0]: expected a number above 0, found -1")]
    [InlineData("groupModel.weights[3]", "1e999", "groupModel.weights[3]: expected a finite number, found Infinity")]
    [InlineData("accountBands[0].structureModel.saturation", "0", "accountBands[0].structureModel.saturation: expected a number above 0, found 0")]
    [InlineData("groupControls.size", "-4", "groupControls.size: expected 0 or more, found -4")]
    [InlineData("groupPurpose.size", "599", "groupPurpose.highest: expected no more than the 599 of size, found 600")]
    [InlineData("groupCoordination.highest[0]", "9", "groupCoordination.highest[1]: expected 9 or more, ascending, found ")]
    [InlineData("smallGroups[1].purpose.highest", "[3,2]", "smallGroups[1].purpose.highest[1]: expected 3 or more, ascending, found 2")]
    [InlineData("accountBands[1].controls[0].pace.highest", "[1,1,0.5]", "accountBands[1].controls[0].pace.highest[2]: expected 1 or more, ascending, found 0.5")]
    [InlineData("accountBands[1].controls[2].together.size", "3", "accountBands[1].controls[2].together.highest: expected no more than the 3 of size, found 600")]
    public void Load_OneValueThatCannotBe_IsRefusedByFileFieldAndWhatWasExpected(string field, string value, string expected)
    {
        var calibration = Shipped();
        Set(calibration, field, value);

        Assert.StartsWith($"{{0}}: {expected}", Refusal(calibration.ToJsonString().Replace("\"1e999\"", "1e999", StringComparison.Ordinal), out var file).Replace(file, "{0}", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MoreFeaturesThanAreMeasured_AreRefused()
    {
        var calibration = Shipped();
        foreach (var part in new[] { "features", "means", "scales", "weights" })
        {
            var array = calibration["groupModel"]![part]!.AsArray();
            array.Add(array[^1]!.DeepClone());
        }

        Assert.EndsWith(": groupModel.features: expected 35 names at most, found 36", Refusal(calibration.ToJsonString(), out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FewerFeaturesThanAreMeasured_AreReadAsFarAsTheyGo()
    {
        var calibration = Shipped();
        foreach (var part in new[] { "features", "means", "scales", "weights" })
        {
            calibration["groupModel"]![part]!.AsArray().RemoveAt(34);
        }

        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("calibration.json"), calibration.ToJsonString());

        Assert.Equal(34, CalibrationSet.Load(folder.File("calibration.json")).GroupModel.Weights.Count);
    }

    // A path such as a[1].b; JsonNode knows no number that is infinite once it is read, so that one is put in as text.
    private static void Set(JsonObject calibration, string field, string value)
    {
        JsonNode node = calibration;
        var steps = field.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        foreach (var step in steps[..^1])
        {
            node = (node is JsonArray ? node[int.Parse(step, CultureInfo.InvariantCulture)] : node[step])!;
        }

        var set = value == "1e999" ? JsonValue.Create(value) : JsonNode.Parse(value);
        if (node is JsonArray array)
        {
            array[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = set;
        }
        else
        {
            node[steps[^1]] = set;
        }
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
