using System.Text.Json;

namespace Stillgate.Lab.Replay;

/// <summary>Members that the dialects write alike: only what the client had set.</summary>
internal static class ReplaySettings
{
    public static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void WriteFlag(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    /// <summary>The parameters of a tool; the log names tools but keeps no schemas.</summary>
    public static void WriteSchema(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteStartObject("input");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
