namespace Stillgate.Protocol.ExchangeLog;

/// <summary>The input as a whole cannot be used: it is missing, or is not a log. The message is fit to show to an operator.</summary>
public sealed class LogFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, with the file's name.</param>
    public LogFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What is wrong, with the file's name.</param>
    /// <param name="inner">The cause.</param>
    public LogFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
