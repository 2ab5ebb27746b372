namespace Stillgate.Storage;

/// <summary>The store cannot be opened or was written by a newer build. The message is fit to show to an operator.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, with the path.</param>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What is wrong, with the path.</param>
    /// <param name="inner">The cause.</param>
    public StoreException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
