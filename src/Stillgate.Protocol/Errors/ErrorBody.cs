using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Stillgate.Protocol.Errors;

/// <summary>Writes an error as the dialect's own clients expect it, as a body or as an event of a stream.</summary>
public static class ErrorBody
{
    /// <summary>Encodes a response body.</summary>
    /// <param name="shape">Whose shape.</param>
    /// <param name="status">The HTTP status it goes with; the dialect's error type follows from it.</param>
    /// <param name="code">Our own stable word for what happened, in snake case.</param>
    /// <param name="message">What happened, for the client's developer. Never holds content or a key.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Encode(ErrorShape shape, int status, string code, string message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            switch (shape)
            {
                case ErrorShape.Anthropic:
                    WriteAnthropic(json, status, code, message);
                    break;
                case ErrorShape.Gemini:
                    WriteGemini(json, status, message);
                    break;
                default:
                    WriteOpenAi(json, status, code, message);
                    break;
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Encodes an error as the last event of a stream that is already under way.</summary>
    /// <param name="shape">Whose shape.</param>
    /// <param name="status">The status that the error would have had before the stream began.</param>
    /// <param name="code">Our own stable word for what happened.</param>
    /// <param name="message">What happened, for the client's developer.</param>
    /// <param name="midEvent">Whether the stream stands within an event, which must be closed first.</param>
    /// <returns>UTF-8 bytes of the event, its blank line included.</returns>
    public static byte[] EncodeEvent(ErrorShape shape, int status, string code, string message, bool midEvent)
    {
        var head = (midEvent ? "\n\n" : "") + (shape == ErrorShape.Anthropic ? "event: error\ndata: " : "data: ");
        return [.. Encoding.UTF8.GetBytes(head), .. Encode(shape, status, code, message), (byte)'\n', (byte)'\n'];
    }

    private static void WriteOpenAi(Utf8JsonWriter json, int status, string code, string message)
    {
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteString("type", status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            429 => "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        });
        json.WriteNull("param");
        json.WriteString("code", code);
        json.WriteEndObject();
    }

    private static void WriteAnthropic(Utf8JsonWriter json, int status, string code, string message)
    {
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            503 or 529 => "overloaded_error",
            504 => "timeout_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        });
        json.WriteString("message", message);
        json.WriteString("code", code);
        json.WriteEndObject();
    }

    private static void WriteGemini(Utf8JsonWriter json, int status, string message)
    {
        json.WriteStartObject("error");
        json.WriteNumber("code", status);
        json.WriteString("message", message);
        json.WriteString("status", status switch
        {
            401 => "UNAUTHENTICATED",
            403 => "PERMISSION_DENIED",
            404 => "NOT_FOUND",
            429 => "RESOURCE_EXHAUSTED",
            503 => "UNAVAILABLE",
            504 => "DEADLINE_EXCEEDED",
            >= 500 => "INTERNAL",
            _ => "INVALID_ARGUMENT",
        });
        json.WriteEndObject();
    }
}
