using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stillgate.Protocol.Requests;

/// <summary>What a turn is compared by, in any dialect: text, tool calls and tool results without white space; never reasoning.</summary>
internal static class TurnText
{
    /// <summary>Whether the message, or the item of the responses API, is of the model's making.</summary>
    public static bool IsModel(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (message.TryGetProperty("role", out var role))
        {
            return role.ValueKind == JsonValueKind.String && (role.ValueEquals("assistant") || role.ValueEquals("model"));
        }

        // Items without a role: calls and reasoning are the model's, their outputs the client's. Gemini's contents may leave the user's role out.
        return message.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && !ToolResult.IsOutput(type.GetString()!)
            && !type.ValueEquals("message") && !type.ValueEquals("item_reference");
    }

    /// <summary>Whether the message instructs the model rather than being part of the conversation.</summary>
    public static bool IsInstruction(JsonElement message) => message.ValueKind == JsonValueKind.Object && message.TryGetProperty("role", out var role)
        && role.ValueKind == JsonValueKind.String && (role.ValueEquals("system") || role.ValueEquals("developer"));

    public static string Of(JsonElement message)
    {
        var into = new StringBuilder();
        if (message.ValueKind == JsonValueKind.Object)
        {
            AppendMessage(into, message);
        }
        else
        {
            ConversationPart.Append(into, message);
        }

        return Normalize(into.ToString());
    }

    /// <summary>Leaves white space out and reads escapes of JSON within, as the text of a tool call holds them in either spelling.</summary>
    public static string Normalize(string text)
    {
        var into = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 5 < text.Length && text[i + 1] == 'u'
                && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                into.Append((char)unit);
                i += 5;
            }
            else if (!char.IsWhiteSpace(text[i]))
            {
                into.Append(text[i]);
            }
        }

        return into.ToString();
    }

    private static void AppendMessage(StringBuilder into, JsonElement message)
    {
        var isItem = true;
        foreach (var name in (ReadOnlySpan<string>)["content", "parts", "refusal"])
        {
            if (message.TryGetProperty(name, out var content) && !message.TryGetProperty("tool_use_id", out _))
            {
                isItem = false;
                AppendContent(into, content);
            }
        }

        if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
        {
            isItem = false;
            foreach (var call in calls.EnumerateArray())
            {
                ConversationPart.AppendToolCall(into, call);
            }
        }

        if (isItem && message.TryGetProperty("type", out _) && !IsReasoning(message))
        {
            ConversationPart.Append(into, message);
        }
    }

    private static void AppendContent(StringBuilder into, JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.Object && content.TryGetProperty("parts", out var parts))
        {
            AppendContent(into, parts);
        }
        else if (content.ValueKind != JsonValueKind.Array)
        {
            ConversationPart.Append(into, content);
        }
        else
        {
            foreach (var part in content.EnumerateArray().Where(part => !IsReasoning(part)))
            {
                ConversationPart.Append(into, part);
            }
        }
    }

    private static bool IsReasoning(JsonElement part) => part.ValueKind == JsonValueKind.Object
        && ((part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && (type.ValueEquals("thinking") || type.ValueEquals("redacted_thinking") || type.ValueEquals("reasoning")))
            || (part.TryGetProperty("thought", out var thought) && thought.ValueKind == JsonValueKind.True));
}
