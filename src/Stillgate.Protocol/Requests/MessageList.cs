using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Protocol.Requests;

/// <summary>Messages under a bound on their text as a whole: the last that fits is cut, the rest are left out.</summary>
internal sealed class MessageList(int charsMax)
{
    private int _chars;

    public List<ChatMessage> Messages { get; } = [];

    public bool IsCut { get; set; }

    public void Add(string role, string text)
    {
        var room = charsMax - _chars;
        if (IsCut || room <= 0)
        {
            IsCut = true;
            return;
        }

        if (text.Length > room)
        {
            IsCut = true;
            text = text[..(char.IsHighSurrogate(text[room - 1]) ? room - 1 : room)];
        }

        _chars += text.Length;
        Messages.Add(new ChatMessage(Shared(role), text));
    }

    // Roles are a handful of words: one string each.
    private static string Shared(string role) => role switch
    {
        "user" => "user",
        "assistant" => "assistant",
        "system" => "system",
        "developer" => "developer",
        "tool" => "tool",
        _ => role.Length <= 64 ? role : role[..64],
    };
}
