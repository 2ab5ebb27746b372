namespace Stillgate.Parties.Registry;

/// <summary>
/// What somebody stated about a customer, on a day: the unit in which registrations are kept. Statements are added and superseded,
/// never edited (docs/formats/statements.md).
/// </summary>
public sealed record PartyStatement
{
    /// <summary>What it is about: the name of one of <see cref="StatementForms.All"/>.</summary>
    public required string Statement { get; init; }

    /// <summary>The account or party that it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>What names the same thing in every statement about it; a later statement of the same key supersedes.</summary>
    public required string Key { get; init; }

    /// <summary>What is stated, by field. A field that is not here is not spoken of; an empty one is stated to be no longer known.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; }

    /// <summary>From when on it holds; null where nobody said.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>The first moment at which it no longer holds; null where it goes on.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>When we learned of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }

    /// <summary>The one value of a field, or null where it is not spoken of or not known.</summary>
    public string? One(string field) => Fields.TryGetValue(field, out var values) && values.Count > 0 ? values[0] : null;
}
