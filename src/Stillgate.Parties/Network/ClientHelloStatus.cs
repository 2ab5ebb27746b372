namespace Stillgate.Parties.Network;

/// <summary>How the reading of a ClientHello ended.</summary>
public enum ClientHelloStatus
{
    /// <summary>It was read whole.</summary>
    Read,

    /// <summary>What is there is good so far; more bytes are needed.</summary>
    Incomplete,

    /// <summary>The bytes are not a handshake of TLS that begins with a ClientHello.</summary>
    NotClientHello,

    /// <summary>It is a ClientHello whose lengths contradict each other, or one beyond the bounds.</summary>
    Malformed,
}
