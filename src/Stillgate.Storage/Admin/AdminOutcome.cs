namespace Stillgate.Storage.Admin;

/// <summary>What became of a change that was asked for.</summary>
public enum AdminOutcome
{
    /// <summary>It was made and recorded.</summary>
    Made,

    /// <summary>There was nothing to change, and nothing is recorded.</summary>
    NothingToChange,

    /// <summary>The same request was made before: nothing is changed again, and the answer is that of then.</summary>
    Repeated,

    /// <summary>Another request was made with this request key before; nothing is changed.</summary>
    RequestKeyReused,
}
