namespace Stillgate.Protocol.Filtering;

/// <summary>
/// An answer cannot be read, so nothing of it may pass: what a control would have to take out could be anywhere in it. It is an I/O
/// failure to whoever copies the answer. The message never holds content.
/// </summary>
public sealed class AnswerFilterException : IOException
{
    /// <summary>Creates the exception.</summary>
    public AnswerFilterException()
        : this("The answer cannot be read.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, without content.</param>
    public AnswerFilterException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, without content.</param>
    /// <param name="cause">What was found.</param>
    public AnswerFilterException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
