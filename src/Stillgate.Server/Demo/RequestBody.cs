using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Demo;

/// <summary>Writes the request that a client of the log's dialect would have sent.</summary>
internal static class RequestBody
{
    // The Anthropic API requires a limit; this is what its documentation uses where the log's client set none.
    private const int AnthropicTokensDefault = 1024;

    public static byte[] Of(ExchangeRecord record)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("model", record.Model);
            WriteCommon(json, record.Request.Settings ?? new RequestSettings());
            if (record.Dialect == Dialects.AnthropicMessages)
            {
                WriteAnthropic(json, record);
            }
            else
            {
                WriteOpenAi(json, record);
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteCommon(Utf8JsonWriter json, RequestSettings settings)
    {
        if (settings.Temperature is { } temperature)
        {
            json.WriteNumber("temperature", temperature);
        }

        if (settings.TopP is { } topP)
        {
            json.WriteNumber("top_p", topP);
        }

        if (settings.Stream is { } stream)
        {
            json.WriteBoolean("stream", stream);
        }
    }

    private static void WriteOpenAi(Utf8JsonWriter json, ExchangeRecord record)
    {
        var settings = record.Request.Settings;
        WriteNumber(json, "n", settings?.N);
        WriteNumber(json, "max_completion_tokens", settings?.MaxOutputTokens);
        if (settings?.Logprobs is { } logprobs)
        {
            json.WriteBoolean("logprobs", logprobs);
        }

        if (settings?.Stream == true)
        {
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }

        if (record.EndCustomer is { } customer)
        {
            json.WriteString("user", customer);
        }

        WriteTools(json, settings?.Tools, static (writer, name) =>
        {
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteString("name", name);
            writer.WriteEndObject();
        });
        WriteMessages(json, record.Request.Messages ?? []);
    }

    private static void WriteAnthropic(Utf8JsonWriter json, ExchangeRecord record)
    {
        var messages = record.Request.Messages ?? [];
        WriteNumber(json, "max_tokens", record.Request.Settings?.MaxOutputTokens ?? AnthropicTokensDefault);
        if (record.EndCustomer is { } customer)
        {
            json.WriteStartObject("metadata");
            json.WriteString("user_id", customer);
            json.WriteEndObject();
        }

        if (string.Join('\n', messages.Where(message => message.Role == "system").Select(message => message.Content)) is { Length: > 0 } system)
        {
            json.WriteString("system", system);
        }

        WriteTools(json, record.Request.Settings?.Tools, static (writer, name) =>
        {
            writer.WriteString("name", name);
            writer.WriteStartObject("input_schema");
            writer.WriteString("type", "object");
            writer.WriteEndObject();
        });
        WriteMessages(json, messages.Where(message => message.Role != "system"));
    }

    private static void WriteMessages(Utf8JsonWriter json, IEnumerable<ChatMessage> messages)
    {
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role);
            json.WriteString("content", message.Content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter json, IReadOnlyList<string>? tools, Action<Utf8JsonWriter, string> write)
    {
        if (tools is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            write(json, tool);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
