namespace Stillgate.Parties.Places;

/// <summary>A source that is about to be read: what is known of it, and its files.</summary>
public sealed record PlaceSourceFiles
{
    /// <inheritdoc cref="PlaceSource.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="PlaceSource.Says"/>
    public required PlaceSays Says { get; init; }

    /// <inheritdoc cref="PlaceSource.Basis"/>
    public required string Basis { get; init; }

    /// <inheritdoc cref="PlaceSource.Origin"/>
    public required string Origin { get; init; }

    /// <inheritdoc cref="PlaceSource.Version"/>
    public required string Version { get; init; }

    /// <inheritdoc cref="PlaceSource.Licence"/>
    public required string Licence { get; init; }

    /// <inheritdoc cref="PlaceSource.Notice"/>
    public string? Notice { get; init; }

    /// <inheritdoc cref="PlaceSource.Integrity"/>
    public string? Integrity { get; init; }

    /// <summary>Its files, at least one.</summary>
    public required IReadOnlyList<string> Files { get; init; }
}
