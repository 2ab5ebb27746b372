namespace Stillgate.Parties.Screening;

/// <summary>What sort of party a name stands for; it decides how the words of the name are read.</summary>
public enum EntitySchema
{
    /// <summary>A natural person.</summary>
    Person,

    /// <summary>A company, public body, association or any other organisation.</summary>
    Organization,

    /// <summary>A ship or an aircraft.</summary>
    Vessel,

    /// <summary>Not said: the words of both names decide whether they read as people or as organisations.</summary>
    Unknown,
}
