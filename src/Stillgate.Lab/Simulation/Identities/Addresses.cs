namespace Stillgate.Lab.Simulation.Identities;

/// <summary>
/// Invented addresses in private and benchmark ranges, laid out as networks are: homes in /24s that neighbours share, hosting in
/// other blocks, an organisation or a campus behind one or a few addresses.
/// </summary>
internal static class Addresses
{
    /// <summary>A home or mobile line; neighbours share its /24.</summary>
    public static string Home(Chance chance) => $"10.{chance.Below(120)}.{chance.Below(256)}.{chance.Between(1, 254)}";

    /// <summary>A machine at a hosting company.</summary>
    public static string Hosting(Chance chance) => $"172.{chance.Between(16, 31)}.{chance.Below(256)}.{chance.Between(1, 254)}";

    /// <summary>The translating address of an organisation or a campus.</summary>
    public static string Gateway(Chance chance) => $"198.{chance.Between(18, 19)}.{chance.Below(256)}.{chance.Between(1, 254)}";

    /// <summary>Machines in one small block at a hosting company.</summary>
    public static IReadOnlyList<string> HostingBlock(int count, Chance chance)
    {
        var prefix = $"172.{chance.Between(16, 31)}.{chance.Below(256)}.";
        var first = chance.Between(1, Math.Max(1, 254 - count));
        return [.. Enumerable.Range(first, Math.Min(count, 254)).Select(host => prefix + host)];
    }
}
