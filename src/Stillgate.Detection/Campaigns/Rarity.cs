namespace Stillgate.Detection.Campaigns;

/// <summary>FRAUDAR's column weight (Hooi et al., KDD 2016): what many accounts have in common says little of any two.</summary>
internal static class Rarity
{
    public static double Of(int users) => 1 / Math.Log(users + 5);

    /// <summary>The same, 1 for what two accounts alone share.</summary>
    public static double OfShared(int users) => Of(users) / Of(2);
}
