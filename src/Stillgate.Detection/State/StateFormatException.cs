namespace Stillgate.Detection.State;

/// <summary>Bytes that are no state of this build's layout.</summary>
/// <param name="message">What is wrong with them.</param>
public sealed class StateFormatException(string message) : Exception(message);
