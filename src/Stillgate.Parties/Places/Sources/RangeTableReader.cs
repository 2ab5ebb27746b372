using System.Globalization;
using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Places.Sources;

/// <summary>
/// A comma-separated table of ranges without a header: first address, last address, country; or first, last, number of the autonomous system, its name.
/// Addresses are written as such, or, as Tor's <c>geoip</c> file has those of IPv4, as whole numbers. <c>#</c> begins a comment.
/// </summary>
internal static class RangeTableReader
{
    public static void Read(TextReader text, string file, PlaceSays says, PlaceRanges into)
    {
        foreach (var row in DelimitedReader.Read(text, ','))
        {
            if (row.Fields[0].StartsWith('#'))
            {
                continue;
            }

            if (row.Fields.Length < 3)
            {
                throw Wrong(file, row, $"{row.Fields.Length} fields; expected first address, last address and what is said of them");
            }

            var (start, isV4) = Address(file, row, 0);
            var (end, isEndV4) = Address(file, row, 1);
            if (isV4 != isEndV4 || end < start)
            {
                throw Wrong(file, row, $"a range from {Shown(row, 0)} to {Shown(row, 1)}; expected the last address not before the first, of the same family");
            }

            if (Value(file, row, says, into) is { } value)
            {
                (isV4 ? into.V4 : into.V6).Add(new PlaceRange(start, end, value));
            }
        }
    }

    private static uint? Value(string file, DelimitedRow row, PlaceSays says, PlaceRanges into)
    {
        var text = row.Fields[2].Trim();
        if (says == PlaceSays.Country)
        {
            // Databases write "??", "-" or nothing where they do not know; that is no vote, and no slip either.
            return text.Length <= 2 ? CountryCode.Parse(text) is { IsKnown: true } code ? code.Packed : null
                : throw Wrong(file, row, $"'{Shown(row, 2)}' as country; expected a code of two letters");
        }

        var digits = text.StartsWith("AS", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (!uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw Wrong(file, row, $"'{Shown(row, 2)}' as autonomous system; expected its number");
        }

        if (number > 0 && row.Fields.Length > 3 && row.Fields[3].Trim() is { Length: > 0 } name)
        {
            into.NetworkNames[number] = name;
        }

        return number == 0 ? null : number;
    }

    private static (UInt128 Number, bool IsV4) Address(string file, DelimitedRow row, int field)
    {
        var text = row.Fields[field].Trim();
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return (number, true);
        }

        return AddressNumber.TryParse(text, out var address, out var isV4) ? (address, isV4)
            : throw Wrong(file, row, $"'{Shown(row, field)}' is no address");
    }

    private static string Shown(DelimitedRow row, int field) => CidrListReader.Shown(row.Fields[field]);

    private static PlacesException Wrong(string file, DelimitedRow row, string message) => new($"{file}: line {row.Line}: {message}");
}
