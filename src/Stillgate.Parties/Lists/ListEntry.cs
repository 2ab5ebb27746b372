using Stillgate.Parties.Screening;

namespace Stillgate.Parties.Lists;

/// <summary>A listed party with everything that screening uses. Lists that state nothing leave the sets empty.</summary>
public sealed record ListEntry
{
    /// <summary>The list's own identifier, unique within the list; made from source and name where the list has none.</summary>
    public required string Id { get; init; }

    /// <summary>The list or programme within the file, for example <c>SDN</c> or <c>Denied Persons List (DPL)</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What sort of party it is, as far as the list says.</summary>
    public required EntitySchema Schema { get; init; }

    /// <summary>The primary name first, then aliases; never empty.</summary>
    public required IReadOnlyList<ListName> Names { get; init; }

    /// <summary>Countries as the list writes them.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Dates of birth or foundation: ISO dates or bare years.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>Programmes or legal bases.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>Whether the row itself names its source, which is then part of what it says; else it is the file's name, which says nothing of the party.</summary>
    internal bool IsSourceOfRow { get; init; }

    /// <summary>Everything that a change of would be shown in a difference, as one line.</summary>
    internal string Fingerprint() =>
        string.Join('\u001f', [IsSourceOfRow ? Source : "", Schema.ToString(), .. Names.Select(name => name.Kind + "=" + name.Text), "", .. Countries, "", .. Dates, "", .. Programs]);
}
