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
        var text = ContentText(document.RootElement, role: "system");
        if (text.Length > 0)
        {
            into.Add("system", text);
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
            // An item of the responses API that is no message: a call, its output, a reference to reasoning.
            var item = new StringBuilder();
            ConversationPart.Append(item, message);
            into.Add("assistant", item.ToString());
            return;
        }

        var role = message.TryGetProperty("role", out var named) && named.ValueKind == JsonValueKind.String ? RoleOf(named) : "user";
        var text = message.TryGetProperty("content", out var content) ? ContentText(content, role) : "";
        text += message.TryGetProperty("parts", out var parts) ? ContentText(parts, role) : "";
        into.Add(role, message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array ? WithCalls(text, calls) : text);
    }

    private static string RoleOf(JsonElement named) => named.ValueEquals("user"u8) ? "user" : named.ValueEquals("assistant"u8) ? "assistant" : Text(named);

    private static string WithCalls(string text, JsonElement calls)
    {
        var into = new StringBuilder(text);
        foreach (var call in calls.EnumerateArray())
        {
            ConversationPart.AppendToolCall(into, call);
        }

        return into.ToString();
    }

    private static string ContentText(JsonElement content, string role)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return role == "tool" ? "[tool_result] " + Text(content) : Text(content);
            case JsonValueKind.Object when content.TryGetProperty("parts", out var parts):
                return ContentText(parts, role);
            case JsonValueKind.Array:
                var text = new StringBuilder();
                foreach (var part in content.EnumerateArray())
                {
                    ConversationPart.Append(text, part);
                }

                return role == "tool" ? "[tool_result] " + text : text.ToString();
            default:
                return "";
        }
    }

    private static string Text(JsonElement element) => ConversationPart.Text(element);
}
