using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Sketching;

/// <summary>
/// The parts of a conversation that are sketched. Whose a message is, its role says alone: what a tool gave back is the tool's in every dialect
/// (<c>docs/decisions/0089-a-tools-answer-is-the-tools.md</c>), and a user who writes one of the marks of a log is still a user.
/// </summary>
internal readonly struct Turns
{
    public string System { get; private init; }

    public string FirstUser { get; private init; }

    public string LastUser { get; private init; }

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
                    traits |= Media(message.Content);
                    first = users == 0 ? message.Content : first;
                    last = message.Content;
                    users++;
                    break;
                case "tool" or "function":
                    // Where the provider keeps the conversation, this is all that is sent of it.
                    traits |= RequestTraits.ToolTurn | RequestTraits.Continuation | Media(message.Content);
                    break;
                default:
                    traits |= RequestTraits.Continuation | ToolCall(message.Content) | Media(message.Content);
                    break;
            }
        }

        return new Turns { System = system, FirstUser = first, LastUser = last, UserCount = users, CharCount = chars, Traits = traits };
    }

    // A call that the model made, or, as older builds wrote the responses API's, what came of it.
    private static RequestTraits ToolCall(string content) =>
        content.Contains('[') && (content.Contains("[tool_call]", StringComparison.Ordinal) || content.Contains("[tool_result]", StringComparison.Ordinal)) ? RequestTraits.ToolTurn : RequestTraits.None;

    private static RequestTraits Media(string content) =>
        content.Contains('[') && (content.Contains("[image]", StringComparison.Ordinal) || content.Contains("[audio]", StringComparison.Ordinal)) ? RequestTraits.Media : RequestTraits.None;
}
