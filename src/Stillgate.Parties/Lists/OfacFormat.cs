using Stillgate.Parties.Screening;

namespace Stillgate.Parties.Lists;

/// <summary>OFAC's legacy comma-separated files without headers: SDN (sdn, alt, add) and consolidated (cons_prim, cons_alt, cons_add).</summary>
internal static class OfacFormat
{
    private const int PrimaryFields = 12;
    private const int AliasFieldsMin = 4;
    private const int AddressFieldsMin = 5;

    /// <summary>The alias and address files that belong to a primary file, whether or not they exist.</summary>
    public static string[] Companions(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var name = Path.GetFileName(path);
        return name.Contains("cons", StringComparison.OrdinalIgnoreCase)
            ? [Path.Combine(folder, "cons_alt.csv"), Path.Combine(folder, "cons_add.csv")]
            : [Path.Combine(folder, "alt.csv"), Path.Combine(folder, "add.csv")];
    }

    public static bool Fits(string[] first) => first.Length == PrimaryFields && first[0].Trim().All(char.IsAsciiDigit) && first[0].Trim().Length > 0;

    public static void Read(ListContent content, string path, string source)
    {
        var companions = Companions(path);
        var aliases = ReadAliases(content, companions[0]);
        var countries = ReadCountries(content, companions[1]);
        content.File = Path.GetFileName(path);
        foreach (var row in Rows(path))
        {
            if (row.Fields.Length != PrimaryFields)
            {
                content.Skip(row.Line, "record", $"{PrimaryFields} fields, found {row.Fields.Length}");
                continue;
            }

            var id = row.Fields[0].Trim();
            var name = ListText.Cell(row.Fields[1]);
            if (!int.TryParse(id, out _) || name.Length == 0)
            {
                content.Skip(row.Line, name.Length == 0 ? "SDN_Name" : "ent_num", name.Length == 0 ? "a name" : "a number");
                continue;
            }

            content.Add(Entry(row.Fields, id, name, source, aliases.GetValueOrDefault(id) ?? [], countries.GetValueOrDefault(id) ?? []));
        }
    }

    private static ListEntry Entry(string[] fields, string id, string name, string source, List<ListName> aliases, HashSet<string> countries)
    {
        var type = ListText.Cell(fields[2]);
        var schema = type.Length == 0 ? EntitySchema.Organization : EntitySchemas.Parse(type);
        return new ListEntry
        {
            Id = id,
            Source = source,
            Schema = schema,
            Names = [new ListName(ListText.GivenFirst(name, schema), "primary"), .. aliases.Select(alias => alias with { Text = ListText.GivenFirst(alias.Text, schema) })],
            Countries = [.. countries.Order(StringComparer.Ordinal)],
            Dates = ListText.BirthDates(fields[11]),
            Programs = [.. fields[3].Split("] [", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(program => program.Trim('[', ']', ' '))],
        };
    }

    private static Dictionary<string, List<ListName>> ReadAliases(ListContent content, string path)
    {
        var aliases = new Dictionary<string, List<ListName>>(StringComparer.Ordinal);
        content.File = Path.GetFileName(path);
        foreach (var row in File.Exists(path) ? Rows(path) : [])
        {
            if (row.Fields.Length < AliasFieldsMin || ListText.Cell(row.Fields[3]).Length == 0)
            {
                content.Skip(row.Line, "alt_name", "ent_num, alt_num, alt_type, alt_name");
                continue;
            }

            var id = row.Fields[0].Trim();
            if (!aliases.TryGetValue(id, out var list))
            {
                aliases[id] = list = [];
            }

            list.Add(new ListName(ListText.Cell(row.Fields[3]), ListText.Cell(row.Fields[2]).ToLowerInvariant()));
        }

        return aliases;
    }

    private static Dictionary<string, HashSet<string>> ReadCountries(ListContent content, string path)
    {
        var countries = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        content.File = Path.GetFileName(path);
        foreach (var row in File.Exists(path) ? Rows(path) : [])
        {
            if (row.Fields.Length < AddressFieldsMin)
            {
                content.Skip(row.Line, "country", "ent_num, add_num, address, city, country");
                continue;
            }

            var country = ListText.Cell(row.Fields[4]);
            if (country.Length > 0)
            {
                var id = row.Fields[0].Trim();
                if (!countries.TryGetValue(id, out var set))
                {
                    countries[id] = set = new HashSet<string>(StringComparer.Ordinal);
                }

                set.Add(country);
            }
        }

        return countries;
    }

    private static IEnumerable<DelimitedRow> Rows(string path)
    {
        using var reader = new StreamReader(path);
        foreach (var row in DelimitedReader.Read(reader, ','))
        {
            yield return row;
        }
    }
}
