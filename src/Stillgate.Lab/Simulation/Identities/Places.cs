namespace Stillgate.Lab.Simulation.Identities;

/// <summary>
/// Where registered addresses stand. Every kind of account, harvesting or not, draws from this one distribution, and languages
/// are drawn apart from it: geography says nothing about the label.
/// </summary>
internal static class Places
{
    private static readonly (string Country, int ZoneHours, double Weight)[] Table =
    [
        ("US", -6, .22), ("IN", 5, .1), ("CN", 8, .08), ("DE", 1, .07), ("GB", 0, .06), ("FR", 1, .05), ("JP", 9, .06), ("KR", 9, .04),
        ("BR", -3, .06), ("MX", -6, .03), ("ES", 1, .03), ("RU", 3, .04), ("SG", 8, .03), ("HK", 8, .02), ("AE", 4, .02), ("EG", 2, .02),
        ("CA", -5, .03), ("AU", 10, .02), ("NG", 1, .01), ("ID", 7, .01),
    ];

    private static readonly double[] Weights = [.. Table.Select(place => place.Weight)];

    public static (string Country, int ZoneHours) Draw(Chance chance)
    {
        var place = Table[chance.Weighted(Weights)];
        return (place.Country, place.ZoneHours);
    }
}
