namespace Stillgate.Lab.StandIn;

/// <summary>How a stand-in provider behaves. Rates are shares of requests from 0 to 1, drawn from the prompt and the seed.</summary>
public sealed record StandInOptions
{
    /// <summary>Milliseconds between two tokens of a stream; 0 sends them as fast as they are read.</summary>
    public int PaceMs { get; init; }

    /// <summary>Tokens of an answer, unless the request asks for fewer.</summary>
    public int Tokens { get; init; } = 48;

    /// <summary>Share of requests that get an error status.</summary>
    public double ErrorRate { get; init; }

    /// <summary>Share of streams that fall silent half way and stay so until the client leaves.</summary>
    public double StallRate { get; init; }

    /// <summary>Share of streams whose connection is cut half way.</summary>
    public double CutRate { get; init; }

    /// <summary>Changes answers and faults; the same seed and prompt give the same bytes.</summary>
    public int Seed { get; init; } = 1;
}
