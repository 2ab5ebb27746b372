namespace Stillgate.Parties.Formats;

/// <summary>A file of facts is not what it claims to be. The message is for the operator: file, place, what was expected.</summary>
public sealed class PartyFormatException(string message) : Exception(message);
