using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening;

/// <summary>A party to be screened.</summary>
/// <param name="Id">Its identifier in the operator's book.</param>
/// <param name="Name">Its name.</param>
/// <param name="Schema">What sort of party it is, as far as is known.</param>
/// <param name="Dates">Dates of birth or foundation.</param>
/// <param name="Countries">Countries.</param>
public sealed record ScreeningSubject(string Id, string Name, EntitySchema Schema, IReadOnlyList<string> Dates, IReadOnlyList<string> Countries)
{
    /// <summary>An ISO date or a bare year out of what a person wrote; null where there is neither.</summary>
    public static string? DateOf(string text) => ListText.Date(text);
}
