namespace Stillgate.Parties.Places;

/// <summary>An ISO 3166-1 code of two letters in two bytes; zero where there is none. Its text is made once, so that a look-up allocates nothing.</summary>
/// <param name="Packed">The first letter in the high byte, the second in the low one.</param>
public readonly record struct CountryCode(ushort Packed)
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 26 * 26).Select(i => string.Concat((char)('A' + (i / 26)), (char)('A' + (i % 26))))];

    /// <summary>Codes that databases use for what is no country or not known.</summary>
    private static readonly HashSet<ushort> NoCountry = [.. new[] { "ZZ", "XX", "EU", "AP", "OO", "AA" }.Select(code => Pack(code[0], code[1]))];

    /// <summary>Whether there is a code.</summary>
    public bool IsKnown => Packed != 0;

    /// <summary>Reads a code in any case. Pseudo codes such as <c>ZZ</c>, <c>EU</c> and <c>A1</c> give no code.</summary>
    /// <param name="text">The text of a database; null, <c>-</c> and <c>??</c> give no code too.</param>
    public static CountryCode Parse(string? text)
    {
        if (text is not { Length: 2 } || !char.IsAsciiLetter(text[0]) || !char.IsAsciiLetter(text[1]))
        {
            return default;
        }

        // Without making a text: the live path compares a declared country with the observed one.
        var packed = Pack(char.ToUpperInvariant(text[0]), char.ToUpperInvariant(text[1]));
        return NoCountry.Contains(packed) ? default : new CountryCode(packed);
    }

    /// <summary>Whether two bytes are a code or none, as a stored row must hold.</summary>
    internal static bool IsValid(ushort packed) => packed == 0 || (IsLetter(packed >> 8) && IsLetter(packed & 0xFF));

    /// <summary>The two letters; empty where there is no code.</summary>
    public override string ToString() => Packed == 0 ? "" : Texts[((((Packed >> 8) - 'A') * 26) + (Packed & 0xFF)) - 'A'];

    private static ushort Pack(char first, char second) => (ushort)((first << 8) | second);

    private static bool IsLetter(int letter) => letter is >= 'A' and <= 'Z';
}
