namespace Stillgate.Detection.Calibrating;

/// <summary>A history is too small to calibrate with; the message says what is missing.</summary>
/// <param name="message">For the operator.</param>
public sealed class CalibrationSizeException(string message) : Exception(message);
