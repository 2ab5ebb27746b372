namespace Stillgate.Gateway.Controls;

/// <summary>Whether a control acts.</summary>
public enum ControlMode
{
    /// <summary>It does nothing.</summary>
    Off,

    /// <summary>It writes into the record what it would have done, and changes nothing.</summary>
    Observe,

    /// <summary>It acts, and says so in a response header and in the record.</summary>
    On,
}
