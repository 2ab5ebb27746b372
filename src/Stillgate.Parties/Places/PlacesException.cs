namespace Stillgate.Parties.Places;

/// <summary>A source of places or a places file is not what it should be. The message is for the operator: file, line, what was expected.</summary>
public sealed class PlacesException(string message) : Exception(message);
