using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Stillgate.Protocol.Requests;

/// <summary>One part of a message's content, as text: parts that are not text leave a mark that says what they were.</summary>
internal static class ConversationPart
{
    public static void Append(StringBuilder into, JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.String)
        {
            AppendLine(into, Text(part));
            return;
        }

        if (part.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (ToolResult.Is(part))
        {
            AppendLine(into, ToolResult.Mark + ToolResult.Text(part));
            return;
        }

        var type = part.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? Text(named) : "";
        switch (type)
        {
            case "text" or "input_text" or "output_text":
                AppendLine(into, Member(part, "text"));
                break;
            case "refusal":
                AppendLine(into, Member(part, "refusal"));
                break;
            case "thinking":
                AppendLine(into, "[reasoning] " + Member(part, "thinking"));
                break;
            case "image" or "image_url" or "input_image" or "computer_screenshot":
                AppendLine(into, "[image]");
                break;
            case "input_audio" or "audio":
                AppendLine(into, "[audio]");
                break;
            case "file" or "document" or "input_file":
                AppendLine(into, "[document]");
                break;
            case "tool_use":
                AppendLine(into, $"[tool_call] {Member(part, "name")} {Raw(part, "input")}");
                break;
            case "function_call":
                AppendLine(into, $"[tool_call] {Member(part, "name")} {Member(part, "arguments")}");
                break;
            case "":
                AppendGemini(into, part);
                break;
            default:
                AppendLine(into, "[" + (type.Length is > 0 and <= 64 ? type : "part") + "]");
                break;
        }
    }

    public static void AppendToolCall(StringBuilder into, JsonElement call)
    {
        if (call.ValueKind == JsonValueKind.Object && call.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object)
        {
            AppendLine(into, $"[tool_call] {Member(function, "name")} {Member(function, "arguments")}");
        }
    }

    /// <summary>Whether a part of Gemini's is text: one that holds more beside it counts as text.</summary>
    public static bool IsGeminiText(JsonElement part) => part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String;

    /// <summary>A member as it stands in the request; empty where there is none.</summary>
    public static string Raw(JsonElement part, string name) => part.TryGetProperty(name, out var value) ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)) : "";

    /// <summary>The text of a JSON string; what is not valid Unicode in it becomes U+FFFD.</summary>
    public static string Text(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape, or bytes that are not UTF-8.
            var lenient = new Responses.TextBuffer(int.MaxValue);
            var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element));
            reader.Read();
            lenient.Append(ref reader);
            return lenient.ToString();
        }
    }

    /// <summary>Gemini's parts have no type: the member that is there says what they are.</summary>
    private static void AppendGemini(StringBuilder into, JsonElement part)
    {
        if (IsGeminiText(part))
        {
            var text = part.GetProperty("text");
            var isThought = part.TryGetProperty("thought", out var thought) && thought.ValueKind == JsonValueKind.True;
            AppendLine(into, isThought ? "[reasoning] " + Text(text) : Text(text));
        }
        else if ((part.TryGetProperty("functionCall", out var call) || part.TryGetProperty("function_call", out call)) && call.ValueKind == JsonValueKind.Object)
        {
            AppendLine(into, $"[tool_call] {Member(call, "name")} {Raw(call, "args")}");
        }
        else if (part.TryGetProperty("inlineData", out _) || part.TryGetProperty("fileData", out _) || part.TryGetProperty("inline_data", out _) || part.TryGetProperty("file_data", out _))
        {
            AppendLine(into, "[image]");
        }
        else
        {
            AppendLine(into, "[part]");
        }
    }

    private static string Member(JsonElement part, string name) =>
        part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Text(value) : "";

    private static void AppendLine(StringBuilder into, string text)
    {
        if (into.Length > 0)
        {
            into.Append('\n');
        }

        into.Append(text);
    }
}
