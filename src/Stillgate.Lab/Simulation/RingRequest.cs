using System.Globalization;

namespace Stillgate.Lab.Simulation;

/// <summary>A ring that a composition is asked to hold, for sweeps over size, cover and what an attacker may vary.</summary>
/// <param name="Kind">One of <see cref="RingKinds.All"/>.</param>
/// <param name="AccountCount">Its accounts, 1 to 100,000.</param>
/// <param name="CoverShare">Share of ordinary chat in its traffic, 0 to 0.95; null keeps the kind's own.</param>
public sealed record RingRequest(string Kind, int AccountCount, double? CoverShare)
{
    private const string Form = "KIND:ACCOUNTS, then any of :COVER, :each=EXCHANGES, :wordings=COUNT, :jitter=DAYS and :distinct";

    /// <summary>About so many exchanges each account makes over the log, 1 to 100,000; null keeps the kind's own pace.</summary>
    public int? ExchangesEach { get; init; }

    /// <summary>Over so many wordings of the wrapper the accounts are dealt, 1 to 100,000; null keeps the kind's own way.</summary>
    public int? WordingCount { get; init; }

    /// <summary>
    /// The accounts start over so many days, 0 to 60, and above 0 each follows a person's day; at 0 all start at once and
    /// run evenly. Null keeps the kind's own way.
    /// </summary>
    public double? JitterDays { get; init; }

    /// <summary>Whether payment, mail domain, addresses, client program and day of registration are all different.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>Reads <c>KIND:ACCOUNTS</c> with its options, for example <c>fixed-prompt:200:0.3</c> or <c>no-identifiers:40:each=300:jitter=7</c>.</summary>
    /// <param name="text">As on a command line.</param>
    /// <returns>The request.</returns>
    /// <exception cref="SimulationException">The text is not of this form.</exception>
    public static RingRequest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        if (parts.Length < 2 || !RingKinds.All.Contains(parts[0]) || !IsCount(parts[1], out var count))
        {
            throw Refused(text);
        }

        var ring = new RingRequest(parts[0], count, CoverShare: null);
        foreach (var part in parts.Skip(2))
        {
            ring = ring.With(part) ?? throw Refused(text);
        }

        return ring;
    }

    private RingRequest? With(string part)
    {
        var (name, value) = part.Split('=', 2) is [var left, var right] ? (left, right) : (part == "distinct" ? part : "cover", part);
        return name switch
        {
            "cover" when IsNumber(value, 0.95, out var cover) => this with { CoverShare = cover },
            "each" when IsCount(value, out var each) => this with { ExchangesEach = each },
            "wordings" when IsCount(value, out var wordings) => this with { WordingCount = wordings },
            "jitter" when IsNumber(value, 60, out var days) => this with { JitterDays = days },
            "distinct" when value == "distinct" => this with { IsDistinct = true },
            _ => null,
        };
    }

    private static bool IsCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= 100_000;

    private static bool IsNumber(string text, double most, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && number >= 0 && number <= most;

    private static SimulationException Refused(string text) => new($"ring {text}: expected {Form}; the kinds are {string.Join(", ", RingKinds.All)}");
}
