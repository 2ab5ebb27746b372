using System.Text.Json;
using Stillgate.Protocol.Responses;

namespace Stillgate.Protocol.Requests;

/// <summary>Reads the names of the tools that a request offers: <c>name</c>, or <c>function.name</c>, or the tool's type.</summary>
internal static class ToolNames
{
    private const int ToolsMax = 256;

    public static IReadOnlyList<string>? Read(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterArray(ref reader))
        {
            return null;
        }

        var names = new List<string>();
        while (JsonCursor.NextObject(ref reader))
        {
            var name = ReadTool(ref reader);
            if (name is not null && names.Count < ToolsMax)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static string? ReadTool(ref Utf8JsonReader reader)
    {
        string? name = null, type = null;
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = JsonCursor.Word(ref reader) ?? name;
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                type = JsonCursor.Word(ref reader);
            }
            else if (reader.ValueTextEquals("function"u8) && JsonCursor.EnterObject(ref reader))
            {
                name = ReadTool(ref reader) ?? name;
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                JsonCursor.SkipValue(ref reader);
            }
        }

        return name ?? type;
    }
}
