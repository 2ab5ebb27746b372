using System.Net;

namespace Stillgate.WebConsole.SignIn;

/// <summary>Who may read the console. Where a host adds none, everybody who reaches it may.</summary>
public interface IConsoleSignIn
{
    /// <summary>Tries an admin key.</summary>
    /// <param name="key">As it was typed.</param>
    /// <param name="from">Where from.</param>
    /// <returns>Whose it is, or how long to wait.</returns>
    SignInAnswer Try(string key, IPAddress? from);

    /// <summary>Whether a key that signed in before is still valid.</summary>
    /// <param name="keyId">The key's id.</param>
    bool IsValid(string keyId);
}
