namespace Stillgate.WebConsole.SignIn;

/// <summary>Somebody who signed in.</summary>
/// <param name="KeyId">With which admin key.</param>
/// <param name="Name">Whose key it is.</param>
/// <param name="Began">When.</param>
/// <param name="LastUsed">When a page was last opened by hand; updates that the page asks for by itself do not count.</param>
internal sealed record ConsoleSession(string KeyId, string Name, DateTimeOffset Began, DateTimeOffset LastUsed);
