using System.Globalization;

namespace Stillgate.Lab.StandIn;

/// <summary>
/// What goes wrong with one answer: by the request's header <c>x-standin: stall|cut|corrupt|error-inside|error=503|pace=20|tokens=9</c>
/// (several with commas), or by the options' rates.
/// </summary>
internal sealed record StandInFault
{
    public const string Header = "x-standin";

    public bool Stall { get; init; }

    public bool Cut { get; init; }

    public bool Corrupt { get; init; }

    public bool ErrorInside { get; init; }

    public int? ErrorStatus { get; init; }

    public int PaceMs { get; init; }

    public int Tokens { get; init; }

    /// <param name="header">The request's header, or null.</param>
    /// <param name="options">The rates.</param>
    /// <param name="draw">A number from the prompt and the seed, 0 up to 1.</param>
    public static StandInFault Of(string? header, StandInOptions options, double draw)
    {
        var fault = new StandInFault
        {
            PaceMs = options.PaceMs,
            Tokens = options.Tokens,
            ErrorStatus = draw < options.ErrorRate ? 503 : null,
            Stall = draw >= options.ErrorRate && draw < options.ErrorRate + options.StallRate,
            Cut = draw >= options.ErrorRate + options.StallRate && draw < options.ErrorRate + options.StallRate + options.CutRate,
        };
        foreach (var word in (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            fault = fault.With(word);
        }

        return fault;
    }

    private StandInFault With(string word)
    {
        var parts = word.Split('=', 2);
        var number = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : (int?)null;
        return parts[0] switch
        {
            "stall" => this with { Stall = true },
            "cut" => this with { Cut = true },
            "corrupt" => this with { Corrupt = true },
            "error-inside" => this with { ErrorInside = true },
            "error" => this with { ErrorStatus = number is >= 400 and <= 599 ? number : 500 },
            "pace" => this with { PaceMs = number ?? PaceMs },
            "tokens" => this with { Tokens = number ?? Tokens },
            _ => this,
        };
    }
}
