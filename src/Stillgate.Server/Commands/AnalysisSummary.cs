using System.Diagnostics;
using System.Text.Json;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary><c>summary.json</c> of an analysis.</summary>
internal sealed class AnalysisSummary(AnalysisRun run, AnalysisOptions options, IReadOnlyList<RegistrationRecord> registrations, long badLines)
{
    public double ExchangesPerSecond { get; } = run.Snapshot.ExchangeCount / Math.Max(1e-6, run.Elapsed.TotalSeconds);

    public long PeakMemoryBytes { get; } = Process.GetCurrentProcess().PeakWorkingSet64;

    public void Write(Utf8JsonWriter json)
    {
        var verdicts = run.Snapshot.Verdicts;
        json.WriteNumber("v", 1);
        json.WriteNumber("exchanges", run.Snapshot.ExchangeCount);
        json.WriteNumber("badLines", badLines);
        json.WriteNumber("accounts", verdicts.Count);
        json.WriteStartObject("verdicts");
        foreach (var verdict in (Verdict[])[Verdict.Harvest, Verdict.Watch, Verdict.Clear])
        {
            json.WriteNumber(FindingsWriter.Word(verdict), verdicts.Count(line => line.Verdict == verdict));
        }

        json.WriteEndObject();
        json.WriteNumber("campaigns", run.Snapshot.Campaigns.Count);
        json.WriteStartObject("calibration");
        json.WriteString("name", options.Calibration.Name);
        json.WriteNumber("version", options.Calibration.Version);
        json.WriteNumber("accounts", options.Calibration.Accounts);
        json.WriteNumber("groups", options.Calibration.Groups);
        json.WriteNumber("groupAlpha", options.Calibration.GroupAlpha);
        json.WriteNumber("accountAlpha", options.Calibration.AccountAlpha);
        json.WriteString("origin", options.Calibration.Origin);
        json.WriteEndObject();
        json.WritePropertyName("calibrationFit");
        FindingsWriter.Fit(json, run.Snapshot.Fit);
        WriteExposure(json);
        json.WriteNumber("learntBackground", run.Engine.LearntBackground.Count);
        json.WriteString("sketchKey", options.SketchKey.Id);
        json.WriteBoolean("sortedFirst", run.Sorted);
        json.WriteNumber("elapsedSeconds", Math.Round(run.Elapsed.TotalSeconds, 3));
        json.WriteNumber("exchangesPerSecond", Math.Round(ExchangesPerSecond, 1));
        json.WriteNumber("peakMemoryBytes", PeakMemoryBytes);
    }

    /// <summary>What the accounts of each registered country have received together. Accounting: countries enter no score.</summary>
    private void WriteExposure(Utf8JsonWriter json)
    {
        json.WriteStartArray("exposureByCountry");
        foreach (var country in registrations.Where(known => known.AddressCountry is not null).GroupBy(known => known.AddressCountry!, StringComparer.Ordinal).OrderBy(country => country.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("country", country.Key);
            json.WriteNumber("accounts", country.Count());
            FindingsWriter.Units(json, run.Engine.ExposureOf(country.Select(known => known.Account).ToHashSet(StringComparer.Ordinal)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
