using System.Globalization;
using Stillgate.Parties.Lists;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Parties.Registry;

/// <summary>Rows of a CSV text under a header that names their columns.</summary>
internal static class HeadedRows
{
    /// <summary>Reads the rows that have as many fields as the header; nothing under a header that is wrong.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What problems call it.</param>
    /// <param name="wrongWith">What is wrong with a header: field, and what was expected.</param>
    /// <param name="onProblem">Called for everything that is wrong.</param>
    public static IEnumerable<(long Line, string[] Header, string[] Cells)> Read(
        TextReader text, string name, Func<string[], IEnumerable<(string Field, string Expected)>> wrongWith, Action<LogProblem> onProblem)
    {
        string[]? header = null;
        foreach (var row in DelimitedReader.Read(text, ','))
        {
            if (header is null)
            {
                header = [.. row.Fields.Select(field => field.Trim())];
                var isRight = true;
                foreach (var (field, expected) in wrongWith(header))
                {
                    isRight = false;
                    onProblem(new LogProblem(name, row.Line, field, expected));
                }

                if (!isRight)
                {
                    yield break;
                }
            }
            else if (row.IsUnclosed)
            {
                onProblem(new LogProblem(name, row.Line, "", "expected a quote that closes the field; none comes to the end of the file"));
            }
            else if (row.Fields.Length != header.Length)
            {
                onProblem(new LogProblem(name, row.Line, "", $"expected {header.Length} fields as in the header, found {row.Fields.Length}"));
            }
            else
            {
                yield return (row.Line, header, row.Fields);
            }
        }
    }

    /// <summary>Columns that a header names more than once.</summary>
    public static IEnumerable<(string Field, string Expected)> Twins(string[] header) =>
        header.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => (group.Key, "expected one column of this name, found " + group.Count().ToString(CultureInfo.InvariantCulture)));
}
