namespace Stillgate.Detection.Pipeline;

/// <summary>The log does not begin with the lines that a checkpoint was made from.</summary>
/// <param name="message">What differs.</param>
public sealed class LogChangedException(string message) : Exception(message);
