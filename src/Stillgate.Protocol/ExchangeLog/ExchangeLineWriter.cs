using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Writes exchanges and registrations as lines, version 1. Not safe for use by two threads at once.</summary>
public sealed partial class ExchangeLineWriter : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;

    /// <summary>Creates a writer.</summary>
    public ExchangeLineWriter() => _json = new Utf8JsonWriter(_buffer, Options);

    /// <summary>Encodes an exchange.</summary>
    /// <param name="record">The exchange.</param>
    /// <returns>UTF-8 bytes of the line with its line end; valid until the next call.</returns>
    public ReadOnlyMemory<byte> Encode(ExchangeRecord record)
    {
        Begin();
        _json.WriteString("id", record.Id);
        WriteTime("at", record.At);
        _json.WriteString("account", record.Account);
        WriteOptional("organization", record.Organization);
        WriteOptional("credential", record.Credential);
        WriteOptional("endCustomer", record.EndCustomer);
        WriteClient(record.Client);
        _json.WriteString("dialect", record.Dialect);
        _json.WriteString("model", record.Model);
        WriteRequest(record.Request);
        WriteResponse(record.Response);
        WriteSketch(record.Sketch);
        _json.WriteNumber("status", record.Status);
        WriteOptional("durationMs", record.DurationMs);
        WriteOptional("end", record.End);
        WriteOptional("endReason", record.EndReason);
        if (record.Changes is { } changes)
        {
            WriteStrings("changes", changes);
        }

        DecisionJson.Write(_json, record.Decision);
        WriteOptional("truncated", record.Truncated);
        WriteUnknown(record.Unknown);
        return End();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    /// <summary>As <see cref="Time"/> has it, without a string: each exchange has one. The round-trip form is the quick one, and its first characters are the same.</summary>
    private void WriteTime(string name, DateTimeOffset at)
    {
        const int toMilliseconds = 23, roundTrip = 28;
        Span<byte> text = stackalloc byte[roundTrip];
        at.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[toMilliseconds] = (byte)'Z';
        _json.WriteString(name, text[..(toMilliseconds + 1)]);
    }

    private void Begin()
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("v", 1);
    }

    private ReadOnlyMemory<byte> End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        return _buffer.WrittenMemory;
    }

    private void WriteClient(ClientEvidence? client)
    {
        if (client is null)
        {
            return;
        }

        _json.WriteStartObject("client");
        WriteOptional("ip", client.Ip);
        WriteOptional("tls", client.Tls);
        WriteOptional("userAgent", client.UserAgent);
        _json.WriteEndObject();
    }

    private void WriteRequest(ExchangeRequest request)
    {
        if (request.Messages is null && request.Settings is null)
        {
            return;
        }

        _json.WriteStartObject("request");
        if (request.Messages is { } messages)
        {
            _json.WriteStartArray("messages");
            foreach (var message in messages)
            {
                _json.WriteStartObject();
                _json.WriteString("role", message.Role);
                _json.WriteString("content", message.Content);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        WriteSettings(request.Settings);
        _json.WriteEndObject();
    }

    private void WriteSettings(RequestSettings? settings)
    {
        if (settings is null)
        {
            return;
        }

        _json.WriteStartObject("settings");
        WriteOptional("temperature", settings.Temperature);
        WriteOptional("topP", settings.TopP);
        WriteOptional("n", settings.N);
        WriteOptional("logprobs", settings.Logprobs);
        WriteOptional("logitBias", settings.LogitBias);
        WriteOptional("maxOutputTokens", settings.MaxOutputTokens);
        WriteOptional("stream", settings.Stream);
        if (settings.Tools is { } tools)
        {
            WriteStrings("tools", tools);
        }

        _json.WriteEndObject();
    }

    private void WriteResponse(ExchangeResponse? response)
    {
        if (response is null)
        {
            return;
        }

        _json.WriteStartObject("response");
        WriteOptional("text", response.Text);
        WriteOptional("reasoning", response.Reasoning);
        WriteOptional("finish", response.Finish);
        WriteOptional("inputTokens", response.InputTokens);
        WriteOptional("outputTokens", response.OutputTokens);
        WriteOptional("reasoningTokens", response.ReasoningTokens);
        _json.WriteEndObject();
    }

    private void WriteSketch(ExchangeSketch? sketch)
    {
        if (sketch is null)
        {
            return;
        }

        _json.WriteStartObject("sketch");
        _json.WriteNumber("v", sketch.Version);
        _json.WriteString("key", sketch.KeyId);
        _json.WriteBase64String("bits", sketch.Bits.Span);
        _json.WriteEndObject();
    }

    private void WriteStrings(string name, IReadOnlyList<string> values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            _json.WriteStringValue(value);
        }

        _json.WriteEndArray();
    }

    private void WriteUnknown(IReadOnlyDictionary<string, JsonElement>? unknown)
    {
        if (unknown is null)
        {
            return;
        }

        foreach (var (name, value) in unknown)
        {
            _json.WritePropertyName(name);
            value.WriteTo(_json);
        }
    }

    private void WriteOptional(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    private void WriteOptional(string name, int? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }

    private void WriteOptional(string name, double? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }

    private void WriteOptional(string name, bool? value)
    {
        if (value is { } flag)
        {
            _json.WriteBoolean(name, flag);
        }
    }
}
