using System.Globalization;

namespace Stillgate.Parties.Places.Sources;

/// <summary>
/// A list of networks or addresses, one a line: <c>192.0.2.0/24</c>, <c>2001:db8::1</c>, or a line of Tor's exit list (<c>ExitAddress 192.0.2.1 ...</c>; its other
/// lines are passed over). <c>#</c> and <c>;</c> begin a comment.
/// </summary>
internal static class CidrListReader
{
    private static readonly string[] TorLines = ["ExitNode", "Published", "LastStatus"];

    public static void Read(TextReader text, string file, PlaceRanges into)
    {
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            var words = line.Split('#', ';')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || TorLines.Contains(words[0]))
            {
                continue;
            }

            var word = words[0] == "ExitAddress" && words.Length > 1 ? words[1] : words[0];
            if (!TryParse(word, out var range, out var isV4))
            {
                throw new PlacesException($"{file}: line {number}: '{Shown(word)}' is no address and no network; expected for example 192.0.2.0/24");
            }

            (isV4 ? into.V4 : into.V6).Add(range);
        }
    }

    internal static bool TryParse(string text, out PlaceRange range, out bool isV4)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!AddressNumber.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address, out isV4))
        {
            return false;
        }

        var bits = isV4 ? 32 : 128;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
        {
            return false;
        }

        // A network written with bits set below its prefix means the network they lie in.
        var below = prefix == 0 && !isV4 ? UInt128.MaxValue : (UInt128.One << (bits - prefix)) - 1;
        range = new PlaceRange(address & ~below, address | below, 1);
        return true;
    }

    internal static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
