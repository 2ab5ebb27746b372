using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Replay;

/// <summary>The body of an Anthropic messages request: system apart, roles in turn, tool results in the user's turn.</summary>
internal static class AnthropicReplayBody
{
    private const int DefaultOutputTokens = 1024;

    public static byte[] Write(ExchangeRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        var messages = record.Request.Messages!;
        json.WriteStartObject();
        json.WriteString("model", record.Model);
        var system = string.Join("\n", messages.Where(message => message.Role == "system").Select(message => message.Content));
        if (system.Length > 0)
        {
            json.WriteString("system", system);
        }

        json.WriteStartArray("messages");
        WriteMessages(json, [.. messages.Where(message => message.Role != "system")]);
        json.WriteEndArray();
        WriteSettings(json, record.Request.Settings);
        if (record.EndCustomer is { } customer)
        {
            json.WriteStartObject("metadata");
            json.WriteString("user_id", customer);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMessages(Utf8JsonWriter json, ChatMessage[] messages)
    {
        var callCount = 0;
        for (var index = 0; index < messages.Length; index++)
        {
            var message = messages[index];
            var hasResult = index + 1 < messages.Length && messages[index + 1].Role == "tool";
            json.WriteStartObject();
            json.WriteString("role", message.Role == "assistant" ? "assistant" : "user");
            if (message.Role == "assistant" && hasResult && ReplayRequest.SplitCall(message.Content) is { Tool: not null } call)
            {
                WriteCall(json, call.Text, call.Tool, call.Arguments, ++callCount);
            }
            else if (message.Role == "tool")
            {
                WriteResult(json, ReplayRequest.ResultText(message.Content), callCount);
            }
            else
            {
                json.WriteString("content", message.Content);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteCall(Utf8JsonWriter json, string text, string tool, string arguments, int number)
    {
        json.WriteStartArray("content");
        if (text.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        json.WriteStartObject();
        json.WriteString("type", "tool_use");
        json.WriteString("id", CallId(number));
        json.WriteString("name", tool);
        json.WriteStartObject("input");
        json.WriteString("input", arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, string text, int number)
    {
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "tool_result");
        json.WriteString("tool_use_id", CallId(number));
        json.WriteString("content", text);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string CallId(int number) => string.Create(CultureInfo.InvariantCulture, $"toolu_{number}");

    private static void WriteSettings(Utf8JsonWriter json, RequestSettings? settings)
    {
        json.WriteNumber("max_tokens", settings?.MaxOutputTokens ?? DefaultOutputTokens);
        ReplaySettings.WriteNumber(json, "temperature", settings?.Temperature);
        ReplaySettings.WriteNumber(json, "top_p", settings?.TopP);
        ReplaySettings.WriteFlag(json, "stream", settings?.Stream);
        if (settings?.Tools is not { Count: > 0 } tools)
        {
            return;
        }

        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool);
            ReplaySettings.WriteSchema(json, "input_schema");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
