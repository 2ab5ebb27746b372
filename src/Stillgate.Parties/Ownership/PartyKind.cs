namespace Stillgate.Parties.Ownership;

/// <summary>What a party is, as far as ownership goes.</summary>
public enum PartyKind
{
    /// <summary>A company or another body that can be owned.</summary>
    Company,

    /// <summary>A natural person.</summary>
    Person,

    /// <summary>A state or an organ of one.</summary>
    State,

    /// <summary>An owner of whom only the existence is known.</summary>
    Unknown,
}
