namespace Stillgate.Parties.Screening;

/// <summary>The spellings under which lists and files name a schema.</summary>
public static class EntitySchemas
{
    private static readonly Dictionary<string, EntitySchema> Known = new(StringComparer.Ordinal)
    {
        ["person"] = EntitySchema.Person,
        ["individual"] = EntitySchema.Person,
        ["people"] = EntitySchema.Person,
        ["naturalperson"] = EntitySchema.Person,
        ["company"] = EntitySchema.Organization,
        ["organization"] = EntitySchema.Organization,
        ["organisation"] = EntitySchema.Organization,
        ["org"] = EntitySchema.Organization,
        ["entity"] = EntitySchema.Organization,
        ["publicbody"] = EntitySchema.Organization,
        ["corporation"] = EntitySchema.Organization,
        ["business"] = EntitySchema.Organization,
        ["vessel"] = EntitySchema.Vessel,
        ["ship"] = EntitySchema.Vessel,
        ["aircraft"] = EntitySchema.Vessel,
        ["airplane"] = EntitySchema.Vessel,
        ["vehicle"] = EntitySchema.Vessel,

        // A legal entity may be a natural person, and the others may be anything.
        [""] = EntitySchema.Unknown,
        ["legalentity"] = EntitySchema.Unknown,
        ["thing"] = EntitySchema.Unknown,
        ["asset"] = EntitySchema.Unknown,
        ["unknown"] = EntitySchema.Unknown,
    };

    /// <summary>What to name where a spelling is not known.</summary>
    public const string Expected = "Person, Organization, Company, PublicBody, LegalEntity, Vessel, Airplane, or nothing";

    /// <summary>Reads a schema's name, without regard to case; anything not known is <see cref="EntitySchema.Unknown"/>.</summary>
    /// <param name="text">For example <c>Person</c>, <c>individual</c>, <c>Company</c>, <c>LegalEntity</c>, <c>vessel</c>.</param>
    public static EntitySchema Parse(string? text) => TryParse(text, out var schema) ? schema : EntitySchema.Unknown;

    /// <summary>Reads a schema's name, and says whether it is one.</summary>
    /// <param name="text">For example <c>Person</c>; nothing stands for <see cref="EntitySchema.Unknown"/>.</param>
    /// <param name="schema">The schema; <see cref="EntitySchema.Unknown"/> for a spelling that is not known.</param>
    public static bool TryParse(string? text, out EntitySchema schema)
    {
        if (Known.TryGetValue(string.Concat((text ?? "").Where(char.IsLetterOrDigit)).ToLowerInvariant(), out schema))
        {
            return true;
        }

        schema = EntitySchema.Unknown;
        return false;
    }
}
