using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Stillgate.Lab.StandIn;

/// <summary>Writes bodies and events. Text is written as it is, not escaped, as providers do: that is what splits characters over chunks.</summary>
internal static class StandInJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Body(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(buffer, writeMembers);
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Event(string? type, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        buffer.Write(type is null ? "data: "u8 : Encoding.UTF8.GetBytes($"event: {type}\ndata: "));
        Write(buffer, writeMembers);
        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> buffer, Action<Utf8JsonWriter> writeMembers)
    {
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
    }
}
