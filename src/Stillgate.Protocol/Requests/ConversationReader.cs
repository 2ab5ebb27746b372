using System.Text;
using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Protocol.Requests;

/// <summary>
/// Reads a conversation of any dialect into plain messages. It goes by the shape of each part rather than by the dialect, so that
/// a part that one provider borrows from another still reads.
/// </summary>
internal static class ConversationReader
{
    /// <summary>Most UTF-16 code units of one conversation that a record keeps: about two million tokens of English.</summary>
    public const int CharsMax = 8 << 20;

    // A client that writes a large list of nothing must not cost as much again.
    private const int MessagesForeseenMax = 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = EnvelopeParser.DepthMax };

    public static IReadOnlyList<ChatMessage> Read(ReadOnlyMemory<byte> systemPrompt, ReadOnlyMemory<byte> conversation, out bool isCut)
    {
        var into = new MessageList(CharsMax);
        try
        {
            ReadSystem(systemPrompt, into);
            ReadConversation(conversation, into);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The envelope was read from the same bytes, so this is only reached by names that are not valid Unicode; what was
            // read stands.
            into.IsCut = true;
        }

        isCut = into.IsCut;
        return into.Messages;
    }

    private static void ReadSystem(ReadOnlyMemory<byte> json, MessageList into)
    {
        if (json.IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(json, Options);
        var text = new StringBuilder();
        foreach (var part in Parts(document.RootElement))
        {
            ConversationPart.Append(text, part);
        }

        if (text.Length > 0)
        {
            into.Add("system", text.ToString());
        }
    }

    private static void ReadConversation(ReadOnlyMemory<byte> json, MessageList into)
    {
        if (json.IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(json, Options);
        if (document.RootElement.ValueKind == JsonValueKind.String)
        {
            into.Add("user", Text(document.RootElement));
            return;
        }

        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        into.Messages.EnsureCapacity(Math.Min(document.RootElement.GetArrayLength(), MessagesForeseenMax));
        foreach (var message in document.RootElement.EnumerateArray())
        {
            ReadMessage(message, into);
        }
    }

    private static void ReadMessage(JsonElement message, MessageList into)
    {
        if (message.ValueKind == JsonValueKind.String)
        {
            // Embeddings and legacy completions take a list of texts.
            into.Add("user", Text(message));
            return;
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (!message.TryGetProperty("role", out _) && message.TryGetProperty("type", out _))
        {
            ReadItem(message, into);
            return;
        }

        var role = message.TryGetProperty("role", out var named) && named.ValueKind == JsonValueKind.String ? RoleOf(named) : "user";
        var (name, mark) = ToolResult.IsRole(role) ? (ToolResult.Role, ToolResult.Mark) : (role, "");
        if (message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String && !message.TryGetProperty("parts", out _) && !message.TryGetProperty("tool_calls", out _))
        {
            // Nearly every message: its text is copied once.
            into.Add(name, mark + Text(content));
            return;
        }

        ReadParts(message, name, mark, into);
    }

    /// <summary>An item of the responses API that is no message: a call, its output, a reference to reasoning.</summary>
    private static void ReadItem(JsonElement item, MessageList into)
    {
        if (ToolResult.Is(item))
        {
            into.Add(ToolResult.Role, ToolResult.Mark + ToolResult.Text(item));
            return;
        }

        var text = new StringBuilder();
        ConversationPart.Append(text, item);
        into.Add("assistant", text.ToString());
    }

    /// <summary>Parts that follow one another are one message, but for what tools gave back: each such part is one of its own, whoever sends it.</summary>
    private static void ReadParts(JsonElement message, string role, string mark, MessageList into)
    {
        var text = new StringBuilder();
        var hasResults = false;
        foreach (var name in (ReadOnlySpan<string>)["content", "parts"])
        {
            foreach (var part in message.TryGetProperty(name, out var content) ? Parts(content) : [])
            {
                if (!ToolResult.Is(part))
                {
                    ConversationPart.Append(text, part);
                    continue;
                }

                hasResults = true;
                Close(text, role, mark, into);
                into.Add(ToolResult.Role, ToolResult.Mark + ToolResult.Text(part));
            }
        }

        if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (var call in calls.EnumerateArray())
            {
                ConversationPart.AppendToolCall(text, call);
            }
        }

        if (!hasResults || text.Length > 0)
        {
            into.Add(role, mark + text);
        }
    }

    private static void Close(StringBuilder text, string role, string mark, MessageList into)
    {
        if (text.Length > 0)
        {
            into.Add(role, mark + text);
            text.Clear();
        }
    }

    private static IEnumerable<JsonElement> Parts(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => [content],
        JsonValueKind.Array => content.EnumerateArray(),
        JsonValueKind.Object when content.TryGetProperty("parts", out var parts) => Parts(parts),
        _ => [],
    };

    private static string RoleOf(JsonElement named) => named.ValueEquals("user"u8) ? "user" : named.ValueEquals("assistant"u8) ? "assistant" : Text(named);

    private static string Text(JsonElement element) => ConversationPart.Text(element);
}
