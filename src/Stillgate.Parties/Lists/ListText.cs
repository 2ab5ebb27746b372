using System.Globalization;
using System.Text.RegularExpressions;
using Stillgate.Parties.Screening;

namespace Stillgate.Parties.Lists;

/// <summary>Small readings that several list formats share.</summary>
internal static partial class ListText
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "dd MMM yyyy", "d MMM yyyy", "MM/dd/yyyy", "M/d/yyyy"];

    /// <summary>The list's cell without blanks; OFAC writes <c>-0-</c> for nothing.</summary>
    public static string Cell(string text)
    {
        var trimmed = text.Trim();
        return trimmed is "-0-" or "na" or "NA" ? "" : trimmed;
    }

    /// <summary>"FAMILY, Given" turned to "Given FAMILY"; anything else unchanged.</summary>
    public static string GivenFirst(string name, EntitySchema schema)
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        return schema != EntitySchema.Person || comma <= 0 || comma == name.Length - 1 ? name : $"{name[(comma + 1)..].Trim()} {name[..comma].Trim()}";
    }

    /// <summary>Splits a cell that holds several values.</summary>
    public static string[] Several(string cell) => cell.Split([';', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An ISO date, or the bare year, or null where there is neither.</summary>
    public static string? Date(string text)
    {
        var trimmed = text.Trim();
        if (DateTime.TryParseExact(trimmed, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var year = YearPattern().Match(trimmed);
        return year.Success ? year.Value : null;
    }

    /// <summary>Dates of birth in OFAC's remarks: "DOB 12 May 1961; alt. DOB 1962".</summary>
    public static string[] BirthDates(string remarks) =>
        [.. BirthPattern().Matches(remarks).Select(match => Date(match.Groups[1].Value)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The name without the clause that lists append: "; and any successor, sub-unit, or subsidiary thereof".</summary>
    public static string WithoutSuccessors(string name) => SuccessorPattern().Replace(name, "").Trim();

    [GeneratedRegex(@"\b(1[89]|20)\d\d\b")]
    private static partial Regex YearPattern();

    [GeneratedRegex(@"DOB (?:circa )?([^;.]+)")]
    private static partial Regex BirthPattern();

    [GeneratedRegex(@"[;,]?\s*and any (successor|sub-unit|subsidiar).*$", RegexOptions.IgnoreCase)]
    private static partial Regex SuccessorPattern();
}
