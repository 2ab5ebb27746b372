using System.Text.Json.Nodes;

namespace Stillgate.Detection.Evidence;

/// <summary>Calibrations that older builds wrote, said in the newest format.</summary>
internal static class CalibrationVersions
{
    /// <summary>Takes a calibration of any version to the newest; what it is not, is left as it is.</summary>
    /// <exception cref="InvalidOperationException">A member is not of its kind.</exception>
    public static JsonObject? ToNewest(JsonObject? json)
    {
        if (json is null || json["version"]?.GetValue<int>() != 1 || json["accountControls"] is not JsonArray controls)
        {
            return json;
        }

        // Version 1 had all checkpoints in one band, and at first did not ask a group for two kinds of evidence.
        json.Remove("accountControls");
        json["accountBands"] = new JsonArray(new JsonObject { ["firstCheckpoint"] = 0, ["share"] = 1.0, ["controls"] = controls });
        json["groupKindAlpha"] ??= 1.0;
        foreach (var kind in (ReadOnlySpan<string>)["groupPurpose", "groupCoordination"])
        {
            json[kind] ??= new JsonObject { ["size"] = 0, ["highest"] = new JsonArray() };
        }

        json["version"] = CalibrationSet.FormatVersion;
        return json;
    }
}
