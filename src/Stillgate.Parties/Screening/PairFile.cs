using System.Globalization;
using Stillgate.Parties.Lists;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Parties.Screening;

/// <summary>Scores a file of name pairs: <c>left,right,schema</c> in, the same with <c>score,match,explanation</c> out, row for row.</summary>
public static class PairFile
{
    private const int PairsATime = 256;

    private static readonly string[] Required = ["left", "right", "schema"];

    /// <summary>Reads every pair, judges it and writes a row for it. The output appears whole or not at all.</summary>
    /// <param name="input">A comma-separated file with a header; columns beyond the three are passed over.</param>
    /// <param name="output">Where to write; an existing file is replaced.</param>
    /// <returns>How many pairs were judged and how many of them match.</returns>
    /// <exception cref="ListFormatException">The input is absent, empty, or lacks one of the three columns.</exception>
    public static (int Pairs, int Matches) Score(string input, string output) => Score(input, output, progress: null, onNote: null, CancellationToken.None);

    /// <summary>The same, telling the share of the file that is done.</summary>
    /// <param name="input">A comma-separated file with a header; columns beyond the three are passed over.</param>
    /// <param name="output">Where to write; an existing file is replaced.</param>
    /// <param name="progress">Told the share from 0 to 1, or null.</param>
    /// <param name="onNote">Told once of each value of the schema column that is not known, and of the first name that is no UTF-8; the pairs are judged all the same.</param>
    /// <param name="stop">Ends early, leaving no output.</param>
    public static (int Pairs, int Matches) Score(string input, string output, IProgress<double>? progress, Action<string>? onNote, CancellationToken stop)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        if (InputFile.WrongWith(input) is { } wrong)
        {
            throw new ListFormatException(wrong);
        }

        if (Directory.Exists(output))
        {
            throw new ListFormatException($"{output}: is a folder; expected a file to write");
        }

        var unfinished = output + ".partial";
        (int Pairs, int Matches) counts;
        try
        {
            using (var reader = new StreamReader(input))
            using (var writer = new StreamWriter(unfinished))
            {
                var length = reader.BaseStream.CanSeek ? Math.Max(1, reader.BaseStream.Length) : long.MaxValue;
                counts = Score(reader, writer, Path.GetFileName(input), onNote, pairs =>
                {
                    stop.ThrowIfCancellationRequested();
                    if (pairs % PairsATime == 0 && length < long.MaxValue)
                    {
                        progress?.Report((double)reader.BaseStream.Position / length);
                    }
                });
            }

            File.Move(unfinished, output, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        return counts;
    }

    /// <summary>Quotes a field after RFC 4180 where it needs quotes.</summary>
    public static string Quote(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static (int Pairs, int Matches) Score(TextReader reader, TextWriter writer, string file, Action<string>? onNote, Action<int> judged)
    {
        using var rows = DelimitedReader.Read(reader, ',').GetEnumerator();
        if (!rows.MoveNext())
        {
            throw new ListFormatException($"{file}: expected a header with left, right and schema, found an empty file");
        }

        var header = rows.Current.Fields.Select(field => field.Trim('\uFEFF', ' ').ToLowerInvariant()).ToList();
        var columns = Required.Select(name => header.IndexOf(name)).ToArray();
        var missing = Required.Where((_, at) => columns[at] < 0).ToArray();
        if (missing.Length > 0)
        {
            throw new ListFormatException($"{file}:1: missing column {string.Join(", ", missing.Select(name => $"'{name}'"))}; expected a header with left, right and schema, parted by commas");
        }

        writer.Write("left,right,schema,score,match,explanation\r\n");
        var pairs = 0;
        var matches = 0;
        var isDamaged = false;
        var unfamiliar = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (rows.MoveNext())
        {
            if (rows.Current.IsUnclosed)
            {
                throw new ListFormatException($"{file}:{rows.Current.Line}: expected a quote that closes the field; none comes to the end of the file");
            }

            var fields = columns.Select(column => column < rows.Current.Fields.Length ? rows.Current.Fields[column] : "").ToArray();
            if (!EntitySchemas.TryParse(fields[2], out var schema) && unfamiliar.Add(fields[2].Trim()))
            {
                onNote?.Invoke($"{file}:{rows.Current.Line}: schema: '{fields[2].Trim()}' is not known, so its pairs are compared as parties of an unknown kind; known are {EntitySchemas.Expected}");
            }

            if (!isDamaged && fields[..2].Any(field => field.Contains('\uFFFD', StringComparison.Ordinal)))
            {
                isDamaged = true;
                onNote?.Invoke($"{file}:{rows.Current.Line}: a name here is no UTF-8, so the file was saved in another encoding; its letters beyond ASCII are lost, and names that have any are compared without");
            }

            // Trimmed: two cells of white space are no names, and so not the same one.
            var result = NameMatcher.Compare(fields[0].Trim(), fields[1].Trim(), schema);
            judged(++pairs);
            matches += result.IsMatch ? 1 : 0;
            string[] written = [.. fields, result.Score.ToString("0.000000", CultureInfo.InvariantCulture), result.IsMatch ? "true" : "false", result.Explanation];
            writer.Write(string.Join(',', written.Select(Quote)));
            writer.Write("\r\n");
        }

        return (pairs, matches);
    }
}
