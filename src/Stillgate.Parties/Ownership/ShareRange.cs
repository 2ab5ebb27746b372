using System.Globalization;

namespace Stillgate.Parties.Ownership;

/// <summary>
/// What is known of the size of a holding: somewhere from <see cref="Lower"/> to <see cref="Upper"/>, both included, in parts
/// per billion. Whole numbers, so that 33.33 % + 16.67 % is 50 % exactly; a bound that excludes its end is moved by one part.
/// </summary>
public readonly record struct ShareRange
{
    /// <summary>All of it: 100 %.</summary>
    public const int Whole = 1_000_000_000;

    private ShareRange(int lower, int upper)
    {
        if (lower < 0 || upper > Whole || lower > upper)
        {
            throw new ArgumentOutOfRangeException(nameof(lower), "A share lies within 0 and 100 %, its lower bound first.");
        }

        Lower = lower;
        Upper = upper;
    }

    /// <summary>The least it can be, in parts per billion.</summary>
    public int Lower { get; }

    /// <summary>The most it can be, in parts per billion.</summary>
    public int Upper { get; }

    /// <summary>Nothing is known of the size.</summary>
    public static ShareRange Unknown { get; } = new(0, Whole);

    /// <summary>Whether the size is known exactly.</summary>
    public bool IsExact => Lower == Upper;

    /// <summary>A known percentage, 0 to 100.</summary>
    public static ShareRange Exact(decimal percent) => new(Parts(percent), Parts(percent));

    /// <summary>Percentages, both ends included.</summary>
    public static ShareRange Between(decimal lowest, decimal highest) => new(Parts(lowest), Parts(highest));

    /// <summary>Bounds in parts per billion.</summary>
    public static ShareRange OfParts(long lower, long upper) =>
        new((int)Math.Clamp(lower, 0, Whole), (int)Math.Clamp(upper, Math.Clamp(lower, 0, Whole), Whole));

    /// <summary>The bounds as BODS writes them, in percent; a missing bound is 0 or 100, and an exclusive one leaves its end out.</summary>
    public static ShareRange Bounded(decimal? minimum, decimal? exclusiveMinimum, decimal? maximum, decimal? exclusiveMaximum)
    {
        var lower = Math.Max(minimum is { } m ? Parts(m) : 0, exclusiveMinimum is { } x ? Parts(x) + 1 : 0);
        var upper = Math.Min(maximum is { } n ? Parts(n) : Whole, exclusiveMaximum is { } y ? Parts(y) - 1 : Whole);
        return OfParts(lower, upper);
    }

    /// <summary>Percent to parts per billion, rounded to the nearest part.</summary>
    public static int Parts(decimal percent) => (int)decimal.Round(Math.Clamp(percent, 0, 100) * (Whole / 100), MidpointRounding.ToEven);

    /// <summary>As a person reads it: <c>25 %</c>, <c>25 to 50 %</c>, <c>of unknown size</c>.</summary>
    public override string ToString() =>
        this == Unknown ? "of unknown size" : IsExact ? $"{Percent(Lower)} %" : $"{Percent(Lower)} to {Percent(Upper)} %";

    /// <summary>Parts per billion as a percentage without needless zeros.</summary>
    public static string Percent(long parts) => (parts / 10_000_000m).ToString("0.#######", CultureInfo.InvariantCulture);
}
