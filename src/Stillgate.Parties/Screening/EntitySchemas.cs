namespace Stillgate.Parties.Screening;

/// <summary>The spellings under which lists and files name a schema.</summary>
public static class EntitySchemas
{
    /// <summary>Reads a schema's name, without regard to case; anything not known is <see cref="EntitySchema.Unknown"/>.</summary>
    /// <param name="text">For example <c>Person</c>, <c>individual</c>, <c>Company</c>, <c>LegalEntity</c>, <c>vessel</c>.</param>
    public static EntitySchema Parse(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "person" or "individual" or "people" => EntitySchema.Person,
        "company" or "organization" or "organisation" or "entity" or "publicbody" or "public body" => EntitySchema.Organization,
        "vessel" or "ship" or "aircraft" or "airplane" or "vehicle" => EntitySchema.Vessel,
        _ => EntitySchema.Unknown,
    };
}
