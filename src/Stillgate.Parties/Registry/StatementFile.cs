using System.Text.Json;
using Stillgate.Parties.Formats;
using Stillgate.Parties.Lists;
using Stillgate.Parties.Ownership;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Parties.Registry;

/// <summary>
/// Reads statements from CSV or JSON Lines (docs/formats/statements.md), from the JSON arrays of BODS and GLEIF, and from GLEIF's XML. It says
/// everything that is wrong with a file; whoever takes statements in takes all of a file or none.
/// </summary>
public static class StatementFile
{
    // A file of which so many lines in front are no statements is another file: its further lines need not be named.
    private const int UnlikeLinesMax = 20;

    /// <summary>The column or member that names a row's kind.</summary>
    internal const string KindColumn = "statement";

    /// <summary>In CSV several values of one field stand in one cell, with this between them.</summary>
    internal const char CellSeparator = ';';

    /// <summary>What is said of a value for which <see cref="IsDamaged"/> holds.</summary>
    internal const string DamagedText = "expected UTF-8; the bytes here are none, so the file was saved in another encoding";

    /// <summary>Reads a file.</summary>
    /// <param name="path">CSV where its name ends in <c>.csv</c>, else JSON Lines; <c>.gz</c> and <c>.zst</c> are decompressed.</param>
    /// <param name="kind">The kind of statement where the rows do not say it; null where they must.</param>
    /// <param name="source">Who says so where the rows do not; null for the file itself.</param>
    /// <param name="recordedAt">When they are taken in; statements of one file keep their order.</param>
    /// <param name="problems">Receives everything that is wrong.</param>
    /// <exception cref="LogFormatException">The file is missing or cannot be read.</exception>
    public static IReadOnlyList<PartyStatement> Read(
        string path, string? kind, string? source, DateTimeOffset recordedAt, ICollection<LogProblem> problems)
    {
        if (InputFile.WrongWith(path) is { } wrong)
        {
            throw new LogFormatException(wrong);
        }

        try
        {
            using var stream = LogFiles.OpenRead(path);
            return Read(stream, path, IsCsv(path), kind, source ?? "import of " + Path.GetFileName(path), recordedAt, problems);
        }
        catch (Exception cause) when (LogFiles.IsReadFailure(cause))
        {
            throw new LogFormatException($"{path}: cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Reads statements that came otherwise than in a file.</summary>
    /// <param name="stream">The text, UTF-8.</param>
    /// <param name="name">What problems call it.</param>
    /// <param name="isCsv">Whether it is CSV; else JSON Lines, or a JSON array of BODS or GLEIF.</param>
    /// <param name="kind">The kind of statement where the rows do not say it; null where they must.</param>
    /// <param name="source">Who says so where the rows do not.</param>
    /// <param name="recordedAt">When they are taken in; statements of one text keep their order.</param>
    /// <param name="problems">Receives everything that is wrong.</param>
    public static IReadOnlyList<PartyStatement> Read(
        Stream stream, string name, bool isCsv, string? kind, string source, DateTimeOffset recordedAt, ICollection<LogProblem> problems)
    {
        using var text = new StreamReader(stream);
        var linesAbove = 0L;
        switch (isCsv ? default : First(text, out linesAbove))
        {
            case '[': return ReadArray(name, text, linesAbove, recordedAt, problems);
            case '<': return ReadXml(name, text, recordedAt, problems);
        }

        var reading = new StatementRows(name, kind, source, recordedAt, problems);
        foreach (var (line, cells) in isCsv ? CsvRows(text, name, isKindNeeded: kind is null, problems) : JsonRows(text, name, linesAbove, problems))
        {
            reading.Add(line, cells);
        }

        return reading.Statements;
    }

    /// <summary>Whether a file is meant to be CSV, by its name; it may be compressed.</summary>
    internal static bool IsCsv(string path) => Path.GetFileName(path).Contains(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether bytes of a value were no UTF-8: the reader puts a replacement character in their place, and a name with one would match nothing.</summary>
    internal static bool IsDamaged(string value) => value.Contains('\uFFFD', StringComparison.Ordinal);

    /// <summary>The first character that is no white space.</summary>
    private static char First(StreamReader text, out long linesAbove)
    {
        linesAbove = 0;
        while (text.Peek() is var next && next >= 0 && char.IsWhiteSpace((char)next))
        {
            linesAbove += text.Read() == '\n' ? 1 : 0;
        }

        return text.Peek() is >= 0 and var first ? (char)first : default;
    }

    private static PartyStatement[] ReadXml(string path, StreamReader text, DateTimeOffset recordedAt, ICollection<LogProblem> problems)
    {
        try
        {
            using var xml = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.ReadToEnd()));
            return [.. LedgerStatements.Of(GleifReader.ReadXml(xml, recordedAt))];
        }
        catch (PartyFormatException cause)
        {
            problems.Add(new LogProblem(path, 1, "", "expected the XML of GLEIF: " + cause.Message));
            return [];
        }
    }

    private static PartyStatement[] ReadArray(string path, StreamReader text, long linesAbove, DateTimeOffset recordedAt, ICollection<LogProblem> problems)
    {
        var json = System.Text.Encoding.UTF8.GetBytes(text.ReadToEnd());
        try
        {
            using var document = JsonDocument.Parse(json);
            var isBods = document.RootElement.EnumerateArray().Any(item => item.Member("recordType").ValueKind == JsonValueKind.String);
            OwnershipLedger ledger = isBods ? BodsReader.Read(document.RootElement, recordedAt) : GleifReader.Read(document.RootElement, recordedAt);
            return [.. LedgerStatements.Of(ledger)];
        }
        catch (Exception cause) when (cause is JsonException or PartyFormatException)
        {
            var (line, message) = JsonLines.Tell(json, cause);
            problems.Add(new LogProblem(path, linesAbove + line, "", "expected BODS 0.4 or GLEIF records: " + message));
            return [];
        }
    }

    private static IEnumerable<(long Line, Dictionary<string, IReadOnlyList<string>> Cells)> CsvRows(
        StreamReader text, string path, bool isKindNeeded, ICollection<LogProblem> problems)
    {
        foreach (var (line, header, fields) in HeadedRows.Read(text, path, header => WrongWith(header, isKindNeeded), problems.Add))
        {
            var cells = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            for (var i = 0; i < header.Length; i++)
            {
                if (fields[i].Trim().Length > 0)
                {
                    cells[header[i]] = IsMany(header[i]) ? fields[i].Split(CellSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [fields[i]];
                }
            }

            yield return (line, cells);
        }
    }

    /// <summary>What makes every row wrong is said once.</summary>
    private static IEnumerable<(string Field, string Expected)> WrongWith(string[] header, bool isKindNeeded) => isKindNeeded && !header.Contains(KindColumn)
        ? [(KindColumn, "no such column; expected a header row with it and fields parted by commas, or the kind of every row given beside the file")]
        : HeadedRows.Twins(header).Take(1);

    private static bool IsMany(string field) =>
        StatementForms.All.Any(form => form.Fields.Any(known => known.Name == field && known.Shape is FieldShape.Texts or FieldShape.Pairs));

    private static IEnumerable<(long Line, Dictionary<string, IReadOnlyList<string>> Cells)> JsonRows(StreamReader text, string path, long linesAbove, ICollection<LogProblem> problems)
    {
        var number = linesAbove;
        var unlike = new List<LogProblem>();
        var isAny = false;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            Dictionary<string, IReadOnlyList<string>>? cells = null;
            try
            {
                using var document = JsonDocument.Parse(line);
                cells = CellsOf(document.RootElement);
            }
            catch (JsonException)
            {
                // Reported below: the parser's own message may quote the line.
            }

            if (cells is null)
            {
                unlike.Add(new LogProblem(path, number, "", "expected a JSON object of texts, numbers, true, false, null, and lists or mappings of them"));
            }

            isAny |= cells is not null;
            if (isAny)
            {
                Take(unlike, problems);
            }

            if (cells is not null)
            {
                yield return (number, cells);
            }
            else if (unlike.Count == UnlikeLinesMax)
            {
                problems.Add(new LogProblem(path, 1, "", "not a file of statements; expected JSON Lines, CSV (a name that ends in .csv), BODS 0.4 in JSON, or GLEIF in JSON or XML"));
                yield break;
            }
        }

        Take(unlike, problems);
    }

    private static void Take(List<LogProblem> from, ICollection<LogProblem> into)
    {
        from.ForEach(into.Add);
        from.Clear();
    }

    private static Dictionary<string, IReadOnlyList<string>>? CellsOf(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var cells = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var member in line.EnumerateObject())
        {
            var values = member.Value.ValueKind switch
            {
                JsonValueKind.Null => [],
                JsonValueKind.Array => [.. member.Value.EnumerateArray().Select(Scalar)],
                JsonValueKind.Object => [.. member.Value.EnumerateObject().Select(pair => Scalar(pair.Value) is { } value ? pair.Name + "=" + value : null)],
                _ => new[] { Scalar(member.Value) },
            };
            if (Array.Exists(values, value => value is null))
            {
                return null;
            }

            cells[member.Name] = values!;
        }

        return cells;
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
