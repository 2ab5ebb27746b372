namespace Stillgate.Policy.Impact;

/// <summary>Exchanges that a policy is tried on: alike in everything that a decision or a count by language looks at.</summary>
public readonly record struct TrafficRow
{
    /// <summary>Who is billed.</summary>
    public required string Account { get; init; }

    /// <summary>The legal customer, as the exchange names it; or null.</summary>
    public string? Organization { get; init; }

    /// <summary>The reseller's own customer, or null.</summary>
    public string? EndCustomer { get; init; }

    /// <summary>The model asked for.</summary>
    public required string Model { get; init; }

    /// <summary>The dialect.</summary>
    public required string Dialect { get; init; }

    /// <summary>When the first of them arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The language of the prompts, as <see cref="PromptLanguage"/> names it. It is counted by, and decides nothing.</summary>
    public required string Language { get; init; }

    /// <summary>The capabilities that they use.</summary>
    public IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>How many they are.</summary>
    public required long Count { get; init; }
}
