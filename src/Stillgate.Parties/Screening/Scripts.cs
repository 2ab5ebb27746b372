namespace Stillgate.Parties.Screening;

/// <summary>Tells scripts apart by code point, as far as names need it.</summary>
internal static class Scripts
{
    public static Script Of(int rune) => rune switch
    {
        < 0x0370 => Script.Latin,
        < 0x0400 => Script.Greek,
        < 0x0530 => Script.Cyrillic,
        >= 0x0590 and < 0x0600 => Script.Hebrew,
        >= 0x0600 and < 0x0780 or >= 0x08A0 and < 0x0900 or >= 0xFB50 and < 0xFE00 or >= 0xFE70 and < 0xFF00 => Script.Arabic,
        >= 0x1100 and < 0x1200 or >= 0xAC00 and < 0xD7B0 or >= 0x3130 and < 0x3190 => Script.Hangul,
        >= 0x1E00 and < 0x1F00 => Script.Latin,
        >= 0x1F00 and < 0x2000 => Script.Greek,
        >= 0x3040 and < 0x3100 or >= 0x31F0 and < 0x3200 => Script.Kana,
        >= 0x3400 and < 0xA000 or >= 0xF900 and < 0xFB00 or >= 0x20000 and < 0x32000 or 0x3005 or 0x3007 => Script.Han,
        _ => Script.Other,
    };

    /// <summary>Whether the script leaves out vowels, so that only consonants can be compared with another script.</summary>
    public static bool IsAbjad(Script script) => script is Script.Arabic or Script.Hebrew;
}
