using Stillgate.Server.Hosting.Tls;
using Stillgate.WebConsole.SignIn;

namespace Stillgate.Server.Hosting;

/// <summary>Who may read the console, and how it is reached.</summary>
/// <param name="SignIn">Who may; null for everybody who reaches it, which must be on the loopback address.</param>
/// <param name="Tls">Its certificate; null for a listener without TLS, which must be on the loopback address.</param>
internal sealed record ConsoleAccess(IConsoleSignIn? SignIn, TlsOptions? Tls)
{
    /// <summary>Whoever is on this machine.</summary>
    public static ConsoleAccess OpenOnLoopback { get; } = new(SignIn: null, Tls: null);
}
