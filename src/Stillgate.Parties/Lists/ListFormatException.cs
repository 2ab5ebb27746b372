namespace Stillgate.Parties.Lists;

/// <summary>A file is no list that we know, or cannot be read at all. The message is one line for the operator.</summary>
public sealed class ListFormatException(string message) : Exception(message);
