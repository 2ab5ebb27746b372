namespace Stillgate.Parties.Screening;

/// <summary>The script in which a word was written.</summary>
internal enum Script
{
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Han,
    Hangul,
    Kana,
    Other,
}
