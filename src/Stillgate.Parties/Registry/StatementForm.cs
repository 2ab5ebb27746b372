namespace Stillgate.Parties.Registry;

/// <summary>A kind of statement: its name and its fields.</summary>
/// <param name="Name">As files write it.</param>
/// <param name="Fields">Every field that it may hold; the first is the account or party that it is about.</param>
public sealed record StatementForm(string Name, IReadOnlyList<StatementField> Fields)
{
    private const char KeyPartSeparator = '\u001f';

    /// <summary>Makes a statement of cells, or says everything that is wrong with them.</summary>
    /// <param name="cells">What a row or line holds, by field; its dates and its source apart.</param>
    /// <param name="wrong">Called for each field that is wrong, with what was expected.</param>
    /// <returns>The fields in their one form; of use only where nothing was wrong.</returns>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Read(
        IReadOnlyDictionary<string, IReadOnlyList<string>> cells, Action<string, string> wrong)
    {
        var fields = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, values) in cells)
        {
            if (Fields.FirstOrDefault(field => field.Name == name) is not { } field)
            {
                wrong(name, $"no field of '{Name}'; expected {string.Join(", ", Fields.Select(known => known.Name))}, valid_from, valid_to, source");
            }
            else if (field.Normalise(values) is { } normal)
            {
                fields[name] = normal;
            }
            else
            {
                wrong(name, "expected " + field.Expected);
            }
        }

        foreach (var field in Fields.Where(field => (field.IsRequired || field.IsKey) && (!cells.TryGetValue(field.Name, out var values) || values.Count == 0)))
        {
            wrong(field.Name, "missing; expected " + field.Expected);
        }

        return fields;
    }

    /// <summary>The account or party that a statement of these fields is about.</summary>
    public string SubjectOf(IReadOnlyDictionary<string, IReadOnlyList<string>> fields) => fields[Fields[0].Name][0];

    /// <summary>The key of a statement of these fields.</summary>
    public string KeyOf(IReadOnlyDictionary<string, IReadOnlyList<string>> fields) =>
        string.Join(KeyPartSeparator, Fields.Where(field => field.IsKey).Select(field => fields[field.Name][0]));

    /// <summary>The key of key parts, in the order of the fields.</summary>
    public static string Key(params string[] parts) => string.Join(KeyPartSeparator, parts);
}
