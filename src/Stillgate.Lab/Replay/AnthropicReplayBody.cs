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
        int callCount = 0, resultCount = 0;
        for (var index = 0; index < messages.Length; index++)
        {
            var message = messages[index];
            json.WriteStartObject();
            json.WriteString("role", message.Role == "assistant" ? "assistant" : "user");
            if (message.Role == "tool")
            {
                // The API wants the results of one turn's calls in one message.
                json.WriteStartArray("content");
                WriteResult(json, message, Math.Min(++resultCount, callCount));
                for (; index + 1 < messages.Length && messages[index + 1].Role == "tool"; index++)
                {
                    WriteResult(json, messages[index + 1], Math.Min(++resultCount, callCount));
                }

                json.WriteEndArray();
            }
            else if (ReplayRequest.SplitCalls(messages, index) is { Calls: { Count: > 0 } calls } turn)
            {
                WriteCalls(json, turn.Text, calls, callCount);
                (resultCount, callCount) = (callCount, callCount + calls.Count);
            }
            else
            {
                json.WriteString("content", message.Content);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteCalls(Utf8JsonWriter json, string text, IReadOnlyList<ReplayCall> calls, int before)
    {
        json.WriteStartArray("content");
        if (text.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        foreach (var (tool, arguments) in calls)
        {
            json.WriteStartObject();
            json.WriteString("type", "tool_use");
            json.WriteString("id", CallId(++before));
            json.WriteString("name", tool);
            json.WriteStartObject("input");
            json.WriteString("input", arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, ChatMessage result, int number)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_result");
        json.WriteString("tool_use_id", CallId(number));
        json.WriteString("content", ReplayRequest.ResultText(result.Content));
        json.WriteEndObject();
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
