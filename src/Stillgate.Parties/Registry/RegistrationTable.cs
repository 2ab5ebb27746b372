using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillgate.Parties.Lists;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Parties.Registry;

/// <summary>
/// Reads registrations from CSV: a column a field of the registration, called as the JSON Lines form calls it (<c>payment.country</c>). A row becomes the line
/// that it stands for and is read by the one reader of such lines, so that both forms are judged alike.
/// </summary>
public static class RegistrationTable
{
    // A table's columns are fixed; ten attestations an account is more than anybody has on file.
    private const int AttestationsMax = 10;

    private static readonly (string Name, FieldShape Shape)[] Plain =
    [
        ("v", FieldShape.Count), ("account", FieldShape.Text), ("organization", FieldShape.Text), ("createdAt", FieldShape.Time), ("name", FieldShape.Text),
        ("email", FieldShape.Text), ("phone", FieldShape.Text), ("payment.fingerprint", FieldShape.Text), ("payment.bin", FieldShape.Text),
        ("payment.country", FieldShape.Country), ("address.country", FieldShape.Country), ("plan", FieldShape.Text), ("monthlyQuota", FieldShape.Count),
        ("reseller", FieldShape.Flag),
    ];

    // Where the JSON form takes any text: a table is typed in by people, and a country in words would never meet a rule.
    private static readonly Dictionary<FieldShape, StatementField> Strict = new()
    {
        [FieldShape.Country] = new("country", FieldShape.Country),
        [FieldShape.Time] = new("time", FieldShape.Time),
        [FieldShape.Choice] = StatementForms.Find(StatementForms.Attestation)!.Fields.Single(field => field.Name == "kind"),
    };

    private static readonly Dictionary<string, FieldShape> Columns = Plain.Concat(Enumerable.Range(0, AttestationsMax).SelectMany(OfAttestation))
        .ToDictionary(column => column.Name, column => column.Shape, StringComparer.Ordinal);

    /// <summary>Whether a file is meant to be CSV, by its name; it may be compressed.</summary>
    /// <param name="file">Its path.</param>
    public static bool IsCsv(string file) => StatementFile.IsCsv(file);

    /// <summary>Whether a header is one of registrations: it names an account and no kind of statement.</summary>
    /// <param name="header">The first line.</param>
    public static bool IsHeader(string header)
    {
        using var text = new StringReader(header);
        return DelimitedReader.Read(text, ',').FirstOrDefault() is { } row && Array.Exists(row.Fields, name => name.Trim() == "account")
            && !Array.Exists(row.Fields, name => name.Trim() == StatementFile.KindColumn);
    }

    /// <summary>Reads registrations from a file: CSV where its name says so, else JSON Lines.</summary>
    /// <param name="file">Its path; <c>.gz</c> and <c>.zst</c> are decompressed.</param>
    /// <param name="onProblem">Called for everything that is wrong.</param>
    /// <returns>The registrations that were right.</returns>
    /// <exception cref="LogFormatException">The file is missing or cannot be read, or JSON Lines hold no registration.</exception>
    public static IReadOnlyList<RegistrationRecord> ReadFile(string file, Action<LogProblem> onProblem)
    {
        if (!IsCsv(file) || !File.Exists(file))
        {
            return RegistrationFile.ReadAll(file, onProblem);
        }

        try
        {
            return Read(LogFiles.OpenRead(file), file, onProblem);
        }
        catch (Exception cause) when (LogFiles.IsReadFailure(cause))
        {
            throw new LogFormatException($"{file}: cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Reads registrations from CSV.</summary>
    /// <param name="stream">The text, UTF-8; closed afterwards.</param>
    /// <param name="name">What problems call it.</param>
    /// <param name="onProblem">Called for everything that is wrong.</param>
    /// <returns>The registrations that were right.</returns>
    public static IReadOnlyList<RegistrationRecord> Read(Stream stream, string name, Action<LogProblem> onProblem)
    {
        ArgumentNullException.ThrowIfNull(onProblem);
        using var text = new StreamReader(stream);
        var records = new List<RegistrationRecord>();
        foreach (var (line, header, cells) in HeadedRows.Read(text, name, WrongWith, onProblem))
        {
            if (RecordOf(header, cells, (field, expected) => onProblem(new LogProblem(name, line, field, expected))) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    private static IEnumerable<(string Field, string Expected)> WrongWith(string[] header)
    {
        foreach (var name in header.Where(name => !Columns.ContainsKey(name)))
        {
            yield return (name, $"no column of a registration; expected {string.Join(", ", Plain.Select(column => column.Name))}, "
                + $"attestations[0].kind, .id, .scope, .validFrom, .validTo, and so to attestations[{AttestationsMax - 1}]");
        }

        foreach (var twin in HeadedRows.Twins(header))
        {
            yield return twin;
        }

        if (!header.Contains("account"))
        {
            yield return ("account", "no such column; expected a header row with it, fields parted by commas");
        }
    }

    private static RegistrationRecord? RecordOf(string[] header, string[] cells, Action<string, string> wrong)
    {
        var isRight = true;
        var line = new JsonObject { ["v"] = 1 };
        for (var i = 0; i < header.Length; i++)
        {
            var value = cells[i].Trim();
            if (value.Length > 0 && ProblemOf(header[i], value) is { } expected)
            {
                isRight = false;
                wrong(header[i], expected);
            }
            else if (value.Length > 0)
            {
                Put(line, header[i], Json(Columns[header[i]], value));
            }
        }

        if (!isRight)
        {
            return null;
        }

        if (!RegistrationLine.TryParse(Encoding.UTF8.GetBytes(line.ToJsonString()), out var record, out var field, out var missing))
        {
            wrong(field, missing);
        }

        return record;
    }

    // What the line's reader would say of the value alone, so that every wrong cell of a row is named and not the first only.
    private static string? ProblemOf(string column, string value)
    {
        var line = new JsonObject { ["v"] = 1, ["account"] = "a" };
        if (StatementFile.IsDamaged(value))
        {
            return StatementFile.DamagedText;
        }

        if (Strict.TryGetValue(Columns[column], out var strict) && strict.Normalise([value]) is null)
        {
            return "expected " + strict.Expected;
        }

        if (column.StartsWith("attestations[", StringComparison.Ordinal) && Columns[column] != FieldShape.Choice)
        {
            Put(line, column[..(column.LastIndexOf('.') + 1)] + "kind", "research");
        }

        Put(line, column, Json(Columns[column], value));
        return RegistrationLine.TryParse(Encoding.UTF8.GetBytes(line.ToJsonString()), out _, out _, out var expected) ? null : expected;
    }

    // A number that a row passes over leaves an attestation without a kind, which the line's reader then names.
    private static void Put(JsonObject line, string column, JsonNode value)
    {
        var parts = column.Split('.');
        if (parts.Length == 1)
        {
            line[column] = value;
        }
        else if (!parts[0].EndsWith(']'))
        {
            ((JsonObject)(line[parts[0]] ??= new JsonObject()))[parts[1]] = value;
        }
        else
        {
            var list = (JsonArray)(line["attestations"] ??= new JsonArray());
            var number = parts[0][^2] - '0';
            while (list.Count <= number)
            {
                list.Add(new JsonObject());
            }

            ((JsonObject)list[number]!)[parts[1]] = value;
        }
    }

    private static JsonNode Json(FieldShape shape, string value) => shape switch
    {
        FieldShape.Count when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) => count,
        FieldShape.Time => Strict[FieldShape.Time].Normalise([value])![0],
        FieldShape.Flag when value is "true" or "false" => value == "true",
        FieldShape.Texts => new JsonArray([.. value.Split(StatementFile.CellSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => (JsonNode)one)]),
        _ => value,
    };

    private static IEnumerable<(string Name, FieldShape Shape)> OfAttestation(int number)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"attestations[{number}].");
        return [(at + "kind", FieldShape.Choice), (at + "id", FieldShape.Text), (at + "scope", FieldShape.Texts), (at + "validFrom", FieldShape.Text), (at + "validTo", FieldShape.Text)];
    }
}
