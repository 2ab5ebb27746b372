namespace Stillgate.Server.Hosting;

/// <summary>Where the console is served.</summary>
/// <param name="Listen">Its address.</param>
/// <param name="NeedsSignIn">Whether it asks for an admin key on the loopback address too; elsewhere it always does.</param>
internal sealed record ConsoleListenOptions(Uri Listen, bool NeedsSignIn);
