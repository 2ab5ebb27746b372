namespace Stillgate.Server.Hosting;

/// <summary>
/// Lets the thread that learns of a socket's readiness go on with the request itself, instead of waking another, which was a
/// third of the CPU of a request that only passes (docs/decisions/0020-answers-are-read-after-they-passed.md). The runtime reads this once, from the environment, before
/// the first socket; what the operator has set there wins.
/// </summary>
internal static class SocketCompletions
{
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public static void Inline()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
