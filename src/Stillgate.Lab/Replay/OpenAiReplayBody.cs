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
        int callCount = 0, resultCount = 0;
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            json.WriteStartObject();
            json.WriteString("role", message.Role);
            if (message.Role == "tool")
            {
                json.WriteString("tool_call_id", CallId(Math.Min(++resultCount, callCount)));
                json.WriteString("content", ReplayRequest.ResultText(message.Content));
            }
            else
            {
                var (text, calls) = ReplayRequest.SplitCalls(messages, index);
                json.WriteString("content", text);
                WriteCalls(json, calls, callCount);
                (resultCount, callCount) = (callCount, callCount + calls.Count);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteCalls(Utf8JsonWriter json, IReadOnlyList<ReplayCall> calls, int before)
    {
        if (calls.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tool_calls");
        foreach (var (tool, arguments) in calls)
        {
            json.WriteStartObject();
            json.WriteString("id", CallId(++before));
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool);
            json.WriteString("arguments", JsonSerializer.Serialize(new Dictionary<string, string> { ["input"] = arguments }));
            json.WriteEndObject();
            json.WriteEndObject();
        }

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
