namespace Stillgate.Parties.Screening;

/// <summary>A name read once and compared many times: its words with their kinds, and its legal form. Immutable.</summary>
public sealed class NameProfile
{
    internal NameProfile(string original, EntitySchema reading, NameToken[] tokens, LegalForms legalForms, string initials, string[] words, string[] allWords)
    {
        Original = original;
        Reading = reading;
        Tokens = tokens;
        LegalForms = legalForms;
        Initials = initials;
        Words = words;
        AllWords = allWords;
        Key = string.Join(' ', tokens.Select(token => token.Text));
        SortedKey = string.Join(' ', tokens.Where(token => token.Kind != WordKind.Stop).Select(token => token.Text).Order(StringComparer.Ordinal));
        Joined = string.Concat(tokens.Where(token => token.Kind != WordKind.Stop).Select(token => token.Text));
    }

    /// <summary>The name as it was given.</summary>
    public string Original { get; }

    /// <summary>How the words were read: <see cref="EntitySchema.Person"/>, or <see cref="EntitySchema.Organization"/> for everything else.</summary>
    public EntitySchema Reading { get; }

    internal NameToken[] Tokens { get; }

    internal LegalForms LegalForms { get; }

    /// <summary>The first letters of all written words, short legal forms in full: what an acronym may spell.</summary>
    internal string Initials { get; }

    /// <summary>The written words without those that say nothing, legal form included: what an acronym is put together from. Empty for people.</summary>
    internal string[] Words { get; }

    /// <summary>The written words, those that say nothing included: "CODELCO" takes letters of one. Empty for people.</summary>
    internal string[] AllWords { get; }

    /// <summary>The folded words in order, legal form left out.</summary>
    internal string Key { get; }

    internal string SortedKey { get; }

    internal string Joined { get; }

    /// <summary>Every way to read a name; one, but for names in Han characters that may be Chinese or Japanese.</summary>
    internal static IEnumerable<NameProfile> Readings(string name, EntitySchema schema)
    {
        var usual = Read(name, schema);
        yield return usual;
        if (usual.Reading == EntitySchema.Person && PersonReader.ReadAsJapanese(name) is { } japanese)
        {
            yield return japanese;
        }
    }

    /// <summary>Reads a name.</summary>
    /// <param name="name">Any text; longer than 512 characters is cut.</param>
    /// <param name="schema">How to read it; <see cref="EntitySchema.Unknown"/> lets the words decide.</param>
    public static NameProfile Read(string name, EntitySchema schema)
    {
        ArgumentNullException.ThrowIfNull(name);
        return schema switch
        {
            EntitySchema.Person => PersonReader.Read(name),
            EntitySchema.Unknown => SchemaGuess.LooksPersonal(name) ? PersonReader.Read(name) : OrganizationReader.Read(name),
            _ => OrganizationReader.Read(name),
        };
    }
}
