using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace Stillgate.Parties.Screening;

/// <summary>
/// Japanese people's names in Han characters. Their readings are not those of Chinese, and mostly do not follow from the characters: a name is known to be Japanese by its surname,
/// its usual readings come from a table, and what no table reads agrees with nothing but the same characters. Read as Chinese it would name somebody else.
/// </summary>
internal sealed class JapaneseNames
{
    private const int GivenCharsMax = 3;
    private const int SurelyJapaneseChars = 4;

    // Characters that only Japan writes so.
    private static readonly SearchValues<char> OnlyJapanese = SearchValues.Create("々栄沢辺浜桜広斎畑辻込榊笹渋恵実剣顕亜塩稲蔵");

    // Chinese surnames that begin Japanese ones of the table: with one character after those a name may be either.
    private const string ChineseSurnames = "田高石金原中小和平安千池木松太山上武今本清江白林森吉岡村方章";

    private readonly FrozenDictionary<string, bool> _surnames;
    private readonly FrozenDictionary<string, NameGroup[]> _readings;

    private JapaneseNames(Dictionary<string, bool> surnames, Dictionary<string, List<NameGroup>> readings)
    {
        _surnames = surnames.ToFrozenDictionary(StringComparer.Ordinal);
        _readings = readings.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    public static JapaneseNames Of(IEnumerable<string> lines, Func<string, NameGroup> groupOfReading)
    {
        var surnames = new Dictionary<string, bool>(StringComparer.Ordinal);
        var readings = new Dictionary<string, List<NameGroup>>(StringComparer.Ordinal);
        foreach (var parts in lines.Select(line => line.Split('|')))
        {
            var characters = parts[1].TrimStart('!');
            if (parts[0] == "surname")
            {
                surnames[characters] = parts[1][0] == '!';
            }

            var groups = readings.TryGetValue(characters, out var known) ? known : readings[characters] = [];
            groups.AddRange(parts[2].Split(',', StringSplitOptions.TrimEntries).Select(groupOfReading).Where(group => !groups.Contains(group)));
        }

        return new JapaneseNames(surnames, readings);
    }

    /// <summary>Surname and given name, where a cleaned name is surely Japanese and in Han characters throughout; null otherwise.</summary>
    public NameToken[]? Read(string name) => Read(name, isAmbiguous: false);

    /// <summary>Surname and given name, where a cleaned name in Han characters may be Japanese or Chinese ("田中誠") and the given name has a reading in Japan; null otherwise.</summary>
    public NameToken[]? ReadAmbiguous(string name) => Read(name, isAmbiguous: true);

    private NameToken[]? Read(string name, bool isAmbiguous)
    {
        var parts = name.Split([' ', '\u3000', '・'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > 2 || !parts.All(part => part.All(letter => Scripts.Of(letter) == Script.Han)))
        {
            return null;
        }

        var whole = string.Concat(parts);
        var surname = parts.Length == 2 ? parts[0] : _surnames.Keys.Where(known => whole.StartsWith(known, StringComparison.Ordinal) && whole.Length > known.Length).MaxBy(known => known.Length);
        if (surname is null || !_surnames.TryGetValue(surname, out var isPlain) || whole.Length - surname.Length > GivenCharsMax)
        {
            return null;
        }

        var isSure = isPlain || parts.Length == 2 || whole.Length >= SurelyJapaneseChars || !ChineseSurnames.Contains(whole[0], StringComparison.Ordinal) || whole.AsSpan().IndexOfAny(OnlyJapanese) >= 0;
        return isSure != isAmbiguous && (isSure || _readings.ContainsKey(whole[surname.Length..])) ? [Token(surname), Token(whole[surname.Length..])] : null;
    }

    private NameToken Token(string characters) => TokenFactory.Make(
        string.Concat(characters.Select(CodeOf)), characters, Script.Han, WordKind.Name, -1, _readings.GetValueOrDefault(characters) ?? [], isAbbreviated: false, parts: 1);

    // Letters and digits that are like no word and, for two characters, like nothing of each other.
    private static string CodeOf(char character) => string.Create(CultureInfo.InvariantCulture, $"q{(uint)(character * 2_654_435_761) % 1_000_000:000000}");
}
