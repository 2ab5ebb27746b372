using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Stillgate.Protocol.Requests;

/// <summary>
/// What a tool gave back. Dialects send it in different names (the OpenAI ones in the tool's own, Anthropic's and Gemini's as a part of the user's message); here it is a message of the tool's in all of
/// them, so that nothing later has to know the dialect to tell what the user wrote.
/// </summary>
internal static class ToolResult
{
    /// <summary>The role of its message.</summary>
    public const string Role = "tool";

    /// <summary>What its text begins with. Anyone can write it: it is for readers, and the role alone says what a message is.</summary>
    public const string Mark = "[tool_result] ";

    /// <summary>Whether messages of the role hold nothing else: <c>function</c> is what OpenAI once called it, and Gemini may.</summary>
    public static bool IsRole(string role) => role is Role or "function";

    /// <summary>Whether the type of an item of the responses API is that of a call's output.</summary>
    public static bool IsOutput(string type) => type.EndsWith("_output", StringComparison.Ordinal);

    /// <summary>Whether a part of a message, or an item of the responses API, is one.</summary>
    public static bool Is(JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (!part.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return IsGemini(part);
        }

        // Asked of every part of every message: a type without escapes is compared where it lies. One with them may not even be valid Unicode.
        var raw = JsonMarshal.GetRawUtf8Value(type);
        if (!raw.Contains((byte)'\\'))
        {
            return raw.SequenceEqual("\"tool_result\""u8) || raw.EndsWith("_output\""u8) || (raw.Length == 2 && IsGemini(part));
        }

        var text = ConversationPart.Text(type);
        return text == "tool_result" || IsOutput(text);
    }

    /// <summary>The text of a part that is one, without the mark.</summary>
    public static string Text(JsonElement part)
    {
        var into = new StringBuilder();
        if (TryGetGemini(part, out var response))
        {
            into.Append(ConversationPart.Raw(response, "response"));
            Append(into, response, "parts");
        }
        else
        {
            Append(into, part, "content");
            Append(into, part, "output");
        }

        return into.ToString();
    }

    private static bool IsGemini(JsonElement part) => !ConversationPart.IsGeminiText(part) && TryGetGemini(part, out _);

    private static bool TryGetGemini(JsonElement part, out JsonElement response) =>
        (part.TryGetProperty("functionResponse", out response) || part.TryGetProperty("function_response", out response)) && response.ValueKind == JsonValueKind.Object;

    private static void Append(StringBuilder into, JsonElement part, string name)
    {
        if (!part.TryGetProperty(name, out var content))
        {
            return;
        }

        if (content.ValueKind != JsonValueKind.Array)
        {
            ConversationPart.Append(into, content);
            return;
        }

        foreach (var piece in content.EnumerateArray())
        {
            ConversationPart.Append(into, piece);
        }
    }
}
