namespace Stillgate.Lab.Simulation;

/// <summary>The composition cannot be made as asked; the message is one line for the operator. Nothing was left behind.</summary>
public sealed class SimulationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One clear line.</param>
    public SimulationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">One clear line.</param>
    /// <param name="cause">What failed underneath.</param>
    public SimulationException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Creates the exception.</summary>
    public SimulationException()
    {
    }
}
