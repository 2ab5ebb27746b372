namespace Stillgate.Lab.Simulation;

/// <summary>What an account of a composed log truly is: a line of <c>labels.jsonl</c>.</summary>
public sealed record AccountLabel
{
    /// <summary>The account; joins with the exchange log and the registrations.</summary>
    public required string Account { get; init; }

    /// <summary>
    /// <c>person</c>, <c>application</c>, <c>developer</c>, <c>evaluator</c>, <c>enterprise</c>, <c>campus</c>, <c>reseller</c>,
    /// <c>framework-app</c>, <c>hackathon</c>, or, for harvesting accounts, <c>harvester-loud</c>, <c>harvester-quiet</c>, <c>ring</c>.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>Whether the account harvests.</summary>
    public bool Harvest { get; init; }

    /// <summary>Id of the ring, or null.</summary>
    public string? Ring { get; init; }

    /// <summary>Kind of the ring (<see cref="RingKinds"/>), or null.</summary>
    public string? RingKind { get; init; }

    /// <summary>Id of the legitimate group (organisation, class, framework, hackathon), or null.</summary>
    public string? Group { get; init; }

    /// <summary>What the account does within its kind: an application's or a harvest's style, or null.</summary>
    public string? Style { get; init; }

    /// <summary>Main language, ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>Text sources that the account draws on.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Id of the harvesting prompt wrapper, or null where there is none.</summary>
    public string? Wrapper { get; init; }

    /// <summary>Whether content alone cannot tell this account from one of the other side; such pairs are reported apart.</summary>
    public bool Undecidable { get; init; }
}
