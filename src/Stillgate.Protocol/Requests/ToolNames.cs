using System.Text.Json;
using Stillgate.Protocol.Responses;

namespace Stillgate.Protocol.Requests;

/// <summary>
/// Reads the names of the tools that a request offers: <c>name</c>, or <c>function.name</c>, or the tool's type; of Gemini's, the names that it declares. A tool that has none of these is a tool
/// all the same.
/// </summary>
internal static class ToolNames
{
    private const int ToolsMax = 256;
    private const string Unnamed = "unnamed";

    public static IReadOnlyList<string>? Read(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterArray(ref reader))
        {
            return null;
        }

        var names = new List<string>();
        while (JsonCursor.NextObject(ref reader))
        {
            ReadTool(ref reader, names);
        }

        return names;
    }

    private static void ReadTool(ref Utf8JsonReader reader, List<string> names)
    {
        string? name = null, type = null;
        var before = names.Count;
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
            else if (reader.ValueTextEquals("function"u8))
            {
                name = ReadFunction(ref reader) ?? name;
            }
            else if (reader.ValueTextEquals("functionDeclarations"u8) || reader.ValueTextEquals("function_declarations"u8))
            {
                ReadDeclarations(ref reader, names);
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }

        if ((name is not null || names.Count == before) && names.Count < ToolsMax)
        {
            names.Add(name ?? type ?? Unnamed);
        }
    }

    private static string? ReadFunction(ref Utf8JsonReader reader)
    {
        string? name = null;
        for (var isObject = JsonCursor.EnterObject(ref reader); isObject && JsonCursor.NextMember(ref reader);)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = JsonCursor.Word(ref reader) ?? name;
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }

        return name;
    }

    private static void ReadDeclarations(ref Utf8JsonReader reader, List<string> names)
    {
        if (!JsonCursor.EnterArray(ref reader))
        {
            return;
        }

        while (JsonCursor.NextObject(ref reader))
        {
            ReadTool(ref reader, names);
        }
    }
}
