namespace Stillgate.Parties.Screening;

/// <summary>A name read once and compared many times: its words with their kinds, and its legal form. Immutable.</summary>
public sealed class NameProfile
{
    internal NameProfile(string original, EntitySchema reading, NameToken[] tokens, LegalForms legalForms, string initials, string[] words)
    {
        Original = original;
        Reading = reading;
        Tokens = tokens;
        LegalForms = legalForms;
        Initials = initials;
        Words = words;
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

    /// <summary>The folded words in order, legal form left out.</summary>
    internal string Key { get; }

    internal string SortedKey { get; }

    internal string Joined { get; }

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
