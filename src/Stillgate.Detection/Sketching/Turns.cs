using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Sketching;

/// <summary>The parts of a conversation that are sketched.</summary>
internal readonly struct Turns
{
    public string System { get; private init; }

    public string FirstUser { get; private init; }

    public string LastUser { get; private init; }

    /// <summary>
    /// Whether the last turn of the user's is what a tool gave back, which the Anthropic dialect sends in the user's name: code and logs ask for nothing, and where another dialect has a role for
    /// them they are not looked at either.
    /// </summary>
    public bool LastUserIsToolResult => LastUser.StartsWith("[tool_result]", StringComparison.Ordinal);

    public int UserCount { get; private init; }

    public int CharCount { get; private init; }

    public RequestTraits Traits { get; private init; }

    public static Turns Of(IReadOnlyList<ChatMessage>? messages)
    {
        if (messages is null)
        {
            return new Turns { System = "", FirstUser = "", LastUser = "" };
        }

        string system = "", first = "", last = "";
        var users = 0;
        var chars = 0;
        var traits = RequestTraits.None;
        foreach (var message in messages)
        {
            chars += message.Content.Length;
            switch (message.Role)
            {
                case "system" or "developer":
                    system = system.Length == 0 ? message.Content : system + "\n" + message.Content;
                    break;
                case "user":
                    traits |= Parts(message.Content);
                    first = users == 0 ? message.Content : first;
                    last = message.Content;
                    users++;
                    break;
                case "tool" or "function":
                    traits |= RequestTraits.ToolTurn;
                    break;
                default:
                    traits |= RequestTraits.Continuation | Parts(message.Content);
                    break;
            }
        }

        return new Turns { System = system, FirstUser = first, LastUser = last, UserCount = users, CharCount = chars, Traits = traits };
    }

    private static RequestTraits Parts(string content)
    {
        if (!content.Contains('['))
        {
            return RequestTraits.None;
        }

        var traits = RequestTraits.None;
        if (content.Contains("[tool_result]", StringComparison.Ordinal) || content.Contains("[tool_call]", StringComparison.Ordinal))
        {
            traits |= RequestTraits.ToolTurn;
        }

        if (content.Contains("[image]", StringComparison.Ordinal) || content.Contains("[audio]", StringComparison.Ordinal))
        {
            traits |= RequestTraits.Media;
        }

        return traits;
    }
}
