using System.Text.RegularExpressions;
using Stillgate.Parties.Screening;

namespace Stillgate.Parties.Lists;

/// <summary>
/// Lists that are a table with a header: the US Consolidated Screening List in both layouts, BIS Denied Persons, the Entity List, and our own
/// plain layout (<c>name</c>, and optionally <c>id, schema, aliases, countries, dates, programs, source</c>).
/// </summary>
internal static partial class TableFormat
{
    /// <summary>Recognises a header; null where it is none of these.</summary>
    public static string? Recognise(string[] header)
    {
        var names = header.Select(Normal).ToHashSet(StringComparer.Ordinal);
        return names.Contains("source") && names.Contains("alt_names") ? names.Contains("_id") ? "csl-2023" : "csl-2019"
            : names.Contains("name") && names.Contains("effective_date") ? "bis-denied-persons"
            : names.Contains("entity") && names.Contains("license_requirement") ? "bis-entity-list"
            : names.Contains("name") ? "plain"
            : null;
    }

    public static void Read(ListContent content, IEnumerable<DelimitedRow> rows, string format, string[] header, string source)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var column = 0; column < header.Length; column++)
        {
            columns.TryAdd(Normal(header[column]), column);
        }

        foreach (var row in rows)
        {
            if (row.Fields.Length != header.Length)
            {
                content.Skip(row.Line, "record", $"{header.Length} fields as in the header, found {row.Fields.Length}");
                continue;
            }

            string Field(string name) => columns.TryGetValue(name, out var column) ? ListText.Cell(row.Fields[column]) : "";
            var named = Field(format == "bis-entity-list" ? "entity" : "name");
            if (named.Length == 0)
            {
                content.Skip(row.Line, format == "bis-entity-list" ? "entity" : "name", "a name");
                continue;
            }

            content.Add(format switch
            {
                "csl-2019" or "csl-2023" => Consolidated(Field, named),
                "bis-denied-persons" => Denied(Field, named),
                "bis-entity-list" => Entity(Field, named),
                _ => Plain(Field, named, source),
            });
        }
    }

    private static ListEntry Consolidated(Func<string, string> field, string name)
    {
        var schema = EntitySchemas.Parse(field("type"));
        var source = field("source");
        var id = field("_id") is { Length: > 0 } own ? own : field("entity_number") is { Length: > 0 } number ? number : Made(source, name);
        return new ListEntry
        {
            Id = id,
            Source = source.Length == 0 ? "CSL" : source,
            IsSourceOfRow = true,
            Schema = schema,
            Names = Names(ListText.GivenFirst(ListText.WithoutSuccessors(name), schema), ListText.Several(field("alt_names")).Select(alias => ListText.GivenFirst(alias, schema))),
            Countries = [.. ListText.Several(field("nationalities")).Concat(ListText.Several(field("citizenships"))).Concat(LastParts(field("addresses"))).Distinct(StringComparer.Ordinal)],
            Dates = [.. ListText.Several(field("dates_of_birth")).Select(ListText.Date).OfType<string>()],
            Programs = ListText.Several(field("programs")),
        };
    }

    private static ListEntry Denied(Func<string, string> field, string name) => new()
    {
        Id = Made("DPL", name + "|" + field("effective_date") + "|" + field("city")),
        Source = "DPL",
        Schema = EntitySchema.Unknown,
        Names = [new ListName(name, "primary")],
        Countries = field("country") is { Length: > 0 } country ? [country] : [],
        Programs = [field("fr_citation")],
    };

    /// <summary>The Entity List writes aliases inside the cell: "Name, a.k.a., the following two aliases: —One; and —Two. Address".</summary>
    private static ListEntry Entity(Func<string, string> field, string cell)
    {
        var opening = AliasOpening().Match(cell);
        var primary = (opening.Success ? cell[..opening.Index] : FirstSentence(cell)).Trim(' ', ',', '.');
        var aliases = opening.Success ? AliasItem().Matches(cell[opening.Index..]).Select(match => match.Groups[1].Value.Trim(' ', ';', '.', ',')) : [];
        return new ListEntry
        {
            Id = Made("EL", primary + "|" + field("country")),
            Source = "EL",
            Schema = EntitySchema.Unknown,
            Names = Names(primary, aliases),
            Countries = field("country") is { Length: > 0 } country ? [country] : [],
            Programs = [field("license_requirement")],
        };
    }

    private static ListEntry Plain(Func<string, string> field, string name, string source)
    {
        var schema = EntitySchemas.Parse(field("schema"));
        var stated = field("source");
        return new ListEntry
        {
            // The next version may stand in a file of another name: the name of the file must not make other parties of the same rows.
            Id = field("id") is { Length: > 0 } id ? id : Made(stated.Length > 0 ? stated : "row", name),
            Source = stated.Length > 0 ? stated : source,
            IsSourceOfRow = stated.Length > 0,
            Schema = schema,
            Names = Names(name, ListText.Several(field("aliases"))),
            Countries = ListText.Several(field("countries")),
            Dates = [.. ListText.Several(field("dates")).Select(ListText.Date).OfType<string>()],
            Programs = ListText.Several(field("programs")),
        };
    }

    private static ListName[] Names(string primary, IEnumerable<string> aliases) =>
        [new ListName(primary, "primary"), .. aliases.Where(alias => alias.Length > 0).Select(alias => new ListName(ListText.WithoutSuccessors(alias), "aka"))];

    private static IEnumerable<string> LastParts(string addresses) =>
        ListText.Several(addresses).Select(address => address.Split(',')[^1].Trim()).Where(part => part.Length == 2);

    private static string FirstSentence(string cell)
    {
        var end = cell.IndexOfAny([',', ';']);
        return end < 0 ? cell : cell[..end];
    }

    private static string Made(string source, string name) =>
        source + ":" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));

    private static string Normal(string column) => column.Trim('\uFEFF', ' ', '"').ToLowerInvariant().Replace(' ', '_');

    [GeneratedRegex(@",?\s*a\.?k\.?a\.?,?\s*(the following[^:]*:)?", RegexOptions.IgnoreCase)]
    private static partial Regex AliasOpening();

    [GeneratedRegex(@"[—–-]{1,2}\s*([^;—–]+?)(?=;|\.\s|\.$|$)")]
    private static partial Regex AliasItem();
}
