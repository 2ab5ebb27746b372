namespace Stillgate.Storage.History;

/// <summary>An exchange without its content, or several that are alike, as history keeps them.</summary>
public readonly record struct HistoryRow
{
    /// <summary>Who is billed.</summary>
    public required string Account { get; init; }

    /// <summary>The legal customer, or null.</summary>
    public string? Organization { get; init; }

    /// <summary>The reseller's own customer, or null.</summary>
    public string? EndCustomer { get; init; }

    /// <summary>The model asked for.</summary>
    public required string Model { get; init; }

    /// <summary>The dialect.</summary>
    public required string Dialect { get; init; }

    /// <summary>When the first of them arrived, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The language of the prompt, as whoever wrote the history guessed it.</summary>
    public required string Language { get; init; }

    /// <summary>The capabilities used, separated by spaces.</summary>
    public required string Capabilities { get; init; }

    /// <summary>How many exchanges the row stands for.</summary>
    public long Count { get; init; }
}
