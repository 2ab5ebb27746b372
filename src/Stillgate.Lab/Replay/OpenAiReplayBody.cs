using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Replay;

/// <summary>The body of an OpenAI chat completion request.</summary>
internal static class OpenAiReplayBody
{
    public static byte[] Write(ExchangeRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("model", record.Model);
        json.WriteStartArray("messages");
        WriteMessages(json, record.Request.Messages!);
        json.WriteEndArray();
        WriteSettings(json, record.Request.Settings);
        if (record.EndCustomer is { } customer)
        {
            json.WriteString("user", customer);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMessages(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages)
    {
        var callCount = 0;
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            // A call stands as a call only where its result follows; the API refuses one that dangles.
            var hasResult = index + 1 < messages.Count && messages[index + 1].Role == "tool";
            json.WriteStartObject();
            json.WriteString("role", message.Role);
            if (message.Role == "assistant" && hasResult && ReplayRequest.SplitCall(message.Content) is { Tool: not null } call)
            {
                WriteCall(json, call.Text, call.Tool, call.Arguments, ++callCount);
            }
            else if (message.Role == "tool")
            {
                json.WriteString("tool_call_id", CallId(callCount));
                json.WriteString("content", ReplayRequest.ResultText(message.Content));
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
        json.WriteString("content", text);
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteString("id", CallId(number));
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", tool);
        json.WriteString("arguments", JsonSerializer.Serialize(new Dictionary<string, string> { ["input"] = arguments }));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string CallId(int number) => string.Create(CultureInfo.InvariantCulture, $"call_{number}");

    private static void WriteSettings(Utf8JsonWriter json, RequestSettings? settings)
    {
        if (settings is null)
        {
            return;
        }

        ReplaySettings.WriteNumber(json, "temperature", settings.Temperature);
        ReplaySettings.WriteNumber(json, "top_p", settings.TopP);
        ReplaySettings.WriteNumber(json, "n", settings.N);
        ReplaySettings.WriteNumber(json, "max_completion_tokens", settings.MaxOutputTokens);
        ReplaySettings.WriteFlag(json, "logprobs", settings.Logprobs);
        ReplaySettings.WriteFlag(json, "stream", settings.Stream);
        if (settings.Tools is not { Count: > 0 } tools)
        {
            return;
        }

        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool);
            ReplaySettings.WriteSchema(json, "parameters");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
