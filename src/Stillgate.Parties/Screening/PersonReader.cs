using System.Text.RegularExpressions;

namespace Stillgate.Parties.Screening;

/// <summary>Reads a person's name: particles, titles, initials and suffixes told apart, known names looked up.</summary>
internal static partial class PersonReader
{
    private const int PhraseWordsMax = 4;

    public static NameProfile Read(string name)
    {
        if (name.Length > 1 && Scripts.Of(name[0]) == Script.Han && Lexicon.Default.Japanese.Read(Latinizer.Clean(name)) is { } japanese)
        {
            return new NameProfile(name, EntitySchema.Person, japanese, LegalForms.None, initials: "", words: [], allWords: []);
        }

        var words = ArabicCompounds.Join(WordCutter.Cut(WithoutByname(name), bySyllable: true));
        var tokens = new List<NameToken>(words.Count);
        for (var at = 0; at < words.Count;)
        {
            at += AddNext(tokens, words, at);
        }

        // A name of nothing but titles and particles has only those to compare.
        if (!tokens.Exists(token => token.Kind is WordKind.Name or WordKind.Initial))
        {
            tokens = [.. tokens.Select(token => Single(token.Text, token.Raw, token.Script, WordKind.Name, isAbbreviated: false))];
        }

        return new NameProfile(name, EntitySchema.Person, [.. tokens], LegalForms.None, initials: "", words: [], allWords: []);
    }

    /// <summary>The Japanese reading of a name in Han characters that <see cref="Read"/> takes for Chinese, where it may be either; null otherwise.</summary>
    public static NameProfile? ReadAsJapanese(string name) =>
        name.Length > 1 && Scripts.Of(name[0]) == Script.Han && Lexicon.Default.Japanese.ReadAmbiguous(Latinizer.Clean(name)) is { } tokens
            ? new NameProfile(name, EntitySchema.Person, tokens, LegalForms.None, initials: "", words: [], allWords: [])
            : null;

    /// <summary>A byname in double quotes between the names ("El Chapo") is left out where names remain.</summary>
    private static string WithoutByname(string name)
    {
        var bare = Byname().Replace(name, " ");
        return bare.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= 2 ? bare : name;
    }

    private static int AddNext(List<NameToken> tokens, List<WrittenWord> words, int at)
    {
        // "Abd al-Rahman" and "Nur ud-Din" are one name each; the lexicon lists them written together.
        for (var length = Math.Min(PhraseWordsMax, words.Count - at); length >= 2; length--)
        {
            var text = string.Concat(words.Skip(at).Take(length).Select(word => word.Text));
            var groups = IsCompound(words[at].Text) ? Lexicon.Default.Groups(text) : [];
            if (groups.Length > 0)
            {
                tokens.Add(TokenFactory.Make(text, text, words[at].Script, WordKind.Name, -1, groups, isAbbreviated: false, length));
                return length;
            }
        }

        var word = words[at];
        tokens.Add(Single(word.Text, word.Raw, word.Script, KindOf(word.Text, word, at, words.Count), word.IsAbbreviated));
        return 1;
    }

    private static bool IsCompound(string first) => first is "abd" or "abdul" or "abdel" or "abdu" or "abdal" or "abdur" or "nur" or "noor" or "salah" or "sa" or "ja";

    private static WordKind KindOf(string text, WrittenWord word, int at, int count)
    {
        if (text.All(char.IsAsciiDigit))
        {
            return WordKind.Number;
        }

        if (word.Script is Script.Han or Script.Hangul)
        {
            return WordKind.Name;
        }

        if (at > 0 && Lexicon.IsSuffix(text))
        {
            return WordKind.Suffix;
        }

        if (text.Length == 1)
        {
            return word.Script is Script.Han or Script.Hangul ? WordKind.Name : text is "e" or "y" && at > 0 && !word.IsAbbreviated ? WordKind.Particle : WordKind.Initial;
        }

        return Lexicon.IsTitle(text) && count > 2 ? WordKind.Title
            : Lexicon.IsParticle(text) && at + 1 < count && !IsSurnameToo(text) ? WordKind.Particle
            : WordKind.Name;
    }

    private static bool IsSurnameToo(string text) => text is "an" or "mac" or "bu";

    private static NameToken Single(string text, string raw, Script script, WordKind kind, bool isAbbreviated)
    {
        var inOriginal = Scripts.IsAbjad(script) || script is Script.Han or Script.Hangul or Script.Kana;
        var groups = kind is WordKind.Name ? Lexicon.Default.Groups(inOriginal ? raw : text) : [];
        return TokenFactory.Make(text, raw, script, kind, -1, groups, isAbbreviated, parts: 1);
    }

    [GeneratedRegex("[\"\u201C\u201D\u00AB][^\"\u201C\u201D\u00AB\u00BB]{2,30}[\"\u201C\u201D\u00BB]")]
    private static partial Regex Byname();
}
