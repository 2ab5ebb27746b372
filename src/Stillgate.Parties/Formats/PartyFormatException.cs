namespace Stillgate.Parties.Formats;

/// <summary>A file of facts is not what it claims to be. The message is for the operator: place, what was expected.</summary>
public sealed class PartyFormatException : Exception
{
    /// <summary>Something that concerns the whole file, or whose place the message names.</summary>
    public PartyFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Something wrong with one record.</summary>
    /// <param name="message">What is wrong with it.</param>
    /// <param name="item">The record's number in the file's array, from 0.</param>
    public PartyFormatException(string message, int item)
        : base(message) => Item = item;

    /// <summary>The record's number in the file's array, from 0; null where it concerns no single one.</summary>
    public int? Item { get; }
}
