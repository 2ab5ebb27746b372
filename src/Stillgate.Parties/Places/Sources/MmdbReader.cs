using System.Globalization;
using MaxMind.Db;

namespace Stillgate.Parties.Places.Sources;

/// <summary>
/// A MaxMind database, read with MaxMind's own library: the country of an address (<c>country_code</c>, or <c>country.iso_code</c>), or its autonomous system
/// (<c>autonomous_system_number</c> with <c>autonomous_system_organization</c>).
/// </summary>
internal static class MmdbReader
{
    private const int V4Bits = 32;

    public static void Read(string path, string file, PlaceSays says, PlaceRanges into)
    {
        if (says is not (PlaceSays.Country or PlaceSays.Network))
        {
            throw new PlacesException($"{file}: a database says country or network; expected a list of networks for the class '{says}'");
        }

        try
        {
            using var reader = new Reader(path, FileAccessMode.Memory);
            var spoke = false;
            foreach (var node in reader.FindAll<Dictionary<string, object>>())
            {
                if (Value(node.Data, says, into) is not { } value)
                {
                    continue;
                }

                spoke = true;
                Add(node.Start, node.PrefixLength, value, into);
            }

            if (!spoke)
            {
                throw new PlacesException($"{file}: holds no {(says == PlaceSays.Country ? "country_code or country.iso_code" : "autonomous_system_number")}");
            }
        }
        catch (Exception cause) when (cause is InvalidDatabaseException or DeserializationException or IOException)
        {
            throw new PlacesException($"{file}: not a MaxMind database: {cause.Message}");
        }
    }

    private static void Add(System.Net.IPAddress first, int prefix, uint value, PlaceRanges into)
    {
        var (start, isV4) = AddressNumber.Of(first);
        var free = (isV4 ? V4Bits : 128) - prefix;
        var last = free >= 128 ? UInt128.MaxValue : start | ((UInt128.One << free) - 1);
        var ranges = isV4 ? into.V4 : into.V6;

        // Neighbouring networks of one value are one range: the tree of the database cuts ranges at powers of two.
        if (ranges.Count > 0 && ranges[^1] is var before && before.Value == value && before.End + 1 == start)
        {
            ranges[^1] = before with { End = last };
        }
        else
        {
            ranges.Add(new PlaceRange(start, last, value));
        }
    }

    private static uint? Value(Dictionary<string, object>? record, PlaceSays says, PlaceRanges into)
    {
        if (record is null)
        {
            return null;
        }

        if (says == PlaceSays.Country)
        {
            var text = Text(record, "country_code") ?? Text(record.GetValueOrDefault("country") as Dictionary<string, object>, "iso_code");
            return CountryCode.Parse(text) is { IsKnown: true } code ? code.Packed : null;
        }

        if (record.GetValueOrDefault("autonomous_system_number") is not IConvertible stated)
        {
            return null;
        }

        var number = stated.ToUInt32(CultureInfo.InvariantCulture);
        if (number > 0 && Text(record, "autonomous_system_organization") is { } name)
        {
            into.NetworkNames[number] = name;
        }

        return number == 0 ? null : number;
    }

    private static string? Text(Dictionary<string, object>? record, string name) => record?.GetValueOrDefault(name) as string;
}
