namespace Stillgate.Lab.Evaluation;

/// <summary>A share with its 95 % interval (Wilson 1927).</summary>
/// <param name="Hits">How many.</param>
/// <param name="Total">Of how many.</param>
public readonly record struct Rate(long Hits, long Total)
{
    private const double Z = 1.959964;

    /// <summary>Hits over total, 0 where there are none.</summary>
    public double Share => Total == 0 ? 0 : (double)Hits / Total;

    /// <summary>Lower end of the interval.</summary>
    public double Low => Total == 0 ? 0 : Hits == 0 ? 0 : Math.Max(0, Centre - Half);

    /// <summary>Upper end of the interval.</summary>
    public double High => Total == 0 ? 1 : Hits == Total ? 1 : Math.Min(1, Centre + Half);

    private double Centre => (Share + (Z * Z / (2 * Total))) / (1 + (Z * Z / Total));

    private double Half => Z * Math.Sqrt((Share * (1 - Share) / Total) + (Z * Z / (4.0 * Total * Total))) / (1 + (Z * Z / Total));

    /// <summary>Adds an observation.</summary>
    /// <param name="hit">Whether it is a hit.</param>
    /// <returns>The rate with it.</returns>
    public Rate With(bool hit) => new(Hits + (hit ? 1 : 0), Total + 1);
}
