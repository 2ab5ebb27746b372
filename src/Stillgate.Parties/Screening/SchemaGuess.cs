namespace Stillgate.Parties.Screening;

/// <summary>Decides how to read a name whose schema was not given.</summary>
internal static class SchemaGuess
{
    private const int PersonWordsMax = 5;

    /// <summary>Two to five words, a known personal name among them, no legal form and no organisation's word.</summary>
    public static bool LooksPersonal(string name)
    {
        var organization = OrganizationReader.Read(name);
        if (organization.LegalForms != LegalForms.None || organization.Tokens.Any(token => token.Kind is not (WordKind.Name or WordKind.Stop)))
        {
            return false;
        }

        var person = PersonReader.Read(name).Tokens;
        return person.Length is >= 2 and <= PersonWordsMax && person.Any(token => token.Groups.Any(group => group.Gender != 'u'));
    }
}
