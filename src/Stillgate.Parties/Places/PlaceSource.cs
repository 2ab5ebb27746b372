namespace Stillgate.Parties.Places;

/// <summary>One source of a places file, as it stood when the file was made.</summary>
public sealed record PlaceSource
{
    /// <summary>The operator's name for it, unique in the file.</summary>
    public required string Name { get; init; }

    /// <summary>What it tells.</summary>
    public required PlaceSays Says { get; init; }

    /// <summary>
    /// What its statements rest on, for example <c>as-registration</c>. Country sources of one basis repeat each other, so they have one vote together.
    /// </summary>
    public required string Basis { get; init; }

    /// <summary>Where it came from: <c>npm:NAME</c> or the names of the operator's files.</summary>
    public required string Origin { get; init; }

    /// <summary>The version that the publisher or the operator states.</summary>
    public required string Version { get; init; }

    /// <summary>The licence, an SPDX id where the publisher gives one.</summary>
    public required string Licence { get; init; }

    /// <summary>The notices that its publisher asks to be passed on; null where there are none.</summary>
    public string? Notice { get; init; }

    /// <summary>SHA-256 over the bytes of its files in reading order, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The hash that the registry publishes and that was verified, for example <c>sha512-...</c>; null for an operator's file.</summary>
    public string? Integrity { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset Retrieved { get; init; }

    /// <summary>Ranges that it holds, neighbours that say the same counted as one.</summary>
    public required int RangeCount { get; init; }

    /// <summary>Stretches of addresses of which it says two things; it is taken to say nothing of them.</summary>
    public int ContradictionCount { get; init; }
}
