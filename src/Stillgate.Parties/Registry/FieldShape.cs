namespace Stillgate.Parties.Registry;

/// <summary>What a field of a statement may hold.</summary>
public enum FieldShape
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A country, ISO 3166-1 alpha-2.</summary>
    Country,

    /// <summary>A day or a time.</summary>
    Time,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A whole number, not negative.</summary>
    Count,

    /// <summary>0 to 100.</summary>
    Percent,

    /// <summary>An IP address.</summary>
    Address,

    /// <summary>Several texts.</summary>
    Texts,

    /// <summary>Several texts of the form <c>NAME=VALUE</c>.</summary>
    Pairs,

    /// <summary>One of a closed list of words.</summary>
    Choice,
}
