using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Stillgate.Detection.Findings;

/// <summary>
/// Writes the three files of an analysis (<c>docs/formats/findings.md</c>). All three appear complete or not at all: each is written
/// beside its place and renamed at the end.
/// </summary>
public static class FindingsWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Folder; created where missing. Files of an earlier analysis are replaced.</param>
    /// <param name="snapshot">What was found.</param>
    /// <param name="summary">Writes the members of <c>summary.json</c>'s object.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string folder, AnalysisSnapshot snapshot, Action<Utf8JsonWriter> summary)
    {
        Directory.CreateDirectory(folder);
        var parts = new (string Name, Action<Stream> Write)[]
        {
            ("verdicts.jsonl", stream => WriteLines(stream, snapshot.Verdicts, Verdict)),
            ("campaigns.jsonl", stream => WriteLines(stream, snapshot.Campaigns, Campaign)),
            ("summary.json", stream => WriteSummary(stream, summary)),
        };
        try
        {
            foreach (var (name, write) in parts)
            {
                using var stream = new FileStream(Partial(folder, name), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            foreach (var (name, _) in parts)
            {
                File.Move(Partial(folder, name), Path.Combine(folder, name), overwrite: true);
            }
        }
        finally
        {
            foreach (var (name, _) in parts)
            {
                File.Delete(Partial(folder, name));
            }
        }
    }

    /// <summary>Writes a verdict as one JSON object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="verdict">The verdict.</param>
    public static void Verdict(Utf8JsonWriter json, AccountVerdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("account", verdict.Account);
        json.WriteString("verdict", Word(verdict.Verdict));
        json.WriteNumber("pValue", Math.Round(verdict.PValue, 8));
        json.WriteString("campaign", verdict.Campaign);
        if (verdict.FlaggedAt is { } flagged)
        {
            json.WriteStartObject("flaggedAt");
            json.WriteString("exchange", flagged.Exchange);
            json.WriteNumber("index", flagged.Index);
            json.WriteString("at", Time(flagged.At));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("flaggedAt");
        }

        json.WriteStartObject("axes");
        json.WriteNumber("volume", verdict.Axes.Volume);
        json.WriteNumber("structure", verdict.Axes.Structure);
        json.WriteNumber("focus", verdict.Axes.Focus);
        json.WriteNumber("elicitation", verdict.Axes.Elicitation);
        json.WriteEndObject();
        Review(json, verdict.Review);
        Reasons(json, verdict.Reasons);
        json.WriteStartObject("exposure");
        json.WriteNumber("exchanges", verdict.Exposure.Exchanges);
        json.WriteNumber("distinctTasks", verdict.Exposure.DistinctTasks);
        json.WriteNumber("outputTokens", verdict.Exposure.OutputTokens);
        json.WriteNumber("budgetShare", verdict.Exposure.BudgetShare);
        Units(json, verdict.Exposure.Received);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a campaign as one JSON object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="campaign">The campaign.</param>
    public static void Campaign(Utf8JsonWriter json, Campaign campaign)
    {
        json.WriteStartObject();
        json.WriteString("campaign", campaign.Id);
        json.WriteStartArray("accounts");
        foreach (var account in campaign.Accounts)
        {
            json.WriteStringValue(account);
        }

        json.WriteEndArray();
        json.WriteStartArray("links");
        foreach (var link in campaign.Links)
        {
            json.WriteStartObject();
            json.WriteString("a", link.A);
            json.WriteString("b", link.B);
            json.WriteString("kind", link.Kind);
            json.WriteNumber("weight", link.Weight);
            json.WriteString("text", link.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("firstSeen", Time(campaign.FirstSeen));
        json.WriteString("lastSeen", Time(campaign.LastSeen));
        json.WriteString("namedAt", Time(campaign.NamedAt));
        json.WriteNumber("exchanges", campaign.Exchanges);
        json.WriteNumber("exchangesWhenNamed", campaign.ExchangesWhenNamed);
        json.WriteNumber("pValue", Math.Round(campaign.PValue, 8));
        Review(json, campaign.Review);
        Reasons(json, campaign.Reasons);
        json.WriteStartObject("exposure");
        Units(json, campaign.Exposure);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The verdict's word in every file and page.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns><c>clear</c>, <c>watch</c> or <c>harvest</c>.</returns>
    public static string Word(Verdict verdict) => verdict switch
    {
        Findings.Verdict.Harvest => "harvest",
        Findings.Verdict.Watch => "watch",
        _ => "clear",
    };

    /// <summary>Writes whether the calibration fits, as one JSON object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="fit">What was found.</param>
    public static void Fit(Utf8JsonWriter json, CalibrationFit fit)
    {
        json.WriteStartObject();
        json.WriteStartArray("alarms");
        foreach (var alarm in fit.Alarms)
        {
            json.WriteStringValue(alarm);
        }

        json.WriteEndArray();
        json.WriteStartArray("peerClasses");
        foreach (var peers in fit.PeerClasses)
        {
            json.WriteStartObject();
            json.WriteString("peerClass", peers.PeerClass);
            json.WriteNumber("accounts", peers.Accounts);
            json.WriteNumber("blocksTested", peers.BlocksTested);
            json.WriteNumber("threshold", peers.Threshold);
            json.WriteNumber("shareBelow", peers.ShareBelow);
            json.WriteNumber("pValue", peers.PValue);
            json.WriteBoolean("drifting", peers.IsDrifting);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (fit.PeerMixIndex is { } mix)
        {
            json.WriteNumber("peerMixIndex", mix);
        }

        json.WriteStartArray("scripts");
        foreach (var script in fit.Scripts)
        {
            json.WriteStartObject();
            json.WriteString("script", script.Script);
            json.WriteNumber("judged", script.Judged);
            json.WriteNumber("flagged", script.Flagged);
            json.WriteNumber("pValue", script.PValue);
            json.WriteBoolean("uneven", script.IsUneven);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the members of an exposure: <c>units</c> and <c>domains</c>.</summary>
    /// <param name="json">Where to, inside an object.</param>
    /// <param name="exposure">What was received.</param>
    public static void Units(Utf8JsonWriter json, ExposureUnits exposure)
    {
        json.WriteNumber("units", exposure.Units);
        json.WriteStartArray("domains");
        foreach (var domain in exposure.Domains)
        {
            json.WriteStartObject();
            json.WriteString("domain", domain.Domain);
            json.WriteNumber("traces", domain.Traces);
            json.WriteNumber("information", domain.Information);
            json.WriteNumber("units", domain.Units);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Review(Utf8JsonWriter json, ReviewPlace? review)
    {
        if (review is null)
        {
            json.WriteNull("review");
            return;
        }

        json.WriteStartObject("review");
        json.WriteNumber("place", review.Place);
        json.WriteNumber("qValue", review.QValue);
        json.WriteNumber("eValue", review.EValue);
        json.WriteEndObject();
    }

    private static void Reasons(Utf8JsonWriter json, IReadOnlyList<Reason> reasons)
    {
        json.WriteStartArray("reasons");
        foreach (var reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString("code", reason.Code);
            json.WriteString("text", reason.Text);
            json.WriteNumber("weight", reason.Weight);
            json.WriteStartArray("exchanges");
            foreach (var exchange in reason.Exchanges)
            {
                json.WriteStringValue(exchange);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLines<T>(Stream stream, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        foreach (var item in items)
        {
            write(json, item);
            json.Flush();
            stream.WriteByte((byte)'\n');
            json.Reset(stream);
        }
    }

    private static void WriteSummary(Stream stream, Action<Utf8JsonWriter> summary)
    {
        using var json = new Utf8JsonWriter(stream, Options with { Indented = true });
        json.WriteStartObject();
        summary(json);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Partial(string folder, string name) => Path.Combine(folder, $".{name}.partial");
}
