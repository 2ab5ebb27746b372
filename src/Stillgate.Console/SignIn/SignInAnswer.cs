namespace Stillgate.WebConsole.SignIn;

/// <summary>What became of a key that was tried.</summary>
/// <param name="KeyId">The key's id; null where it is nobody's.</param>
/// <param name="Name">Whose it is; null where it is nobody's.</param>
/// <param name="Wait">How long to wait before the next try is looked at; zero where not at all.</param>
public sealed record SignInAnswer(string? KeyId, string? Name, TimeSpan Wait);
