using System.Text.Json;

namespace Stillgate.Parties.Formats;

/// <summary>Where in a text of JSON something stands, for messages to the operator.</summary>
public static class JsonLines
{
    /// <summary>The line, from 1, on which a member of the outermost array begins; 1 where there is none.</summary>
    /// <param name="json">The text.</param>
    /// <param name="item">The member's number, from 0.</param>
    public static int LineOf(ReadOnlySpan<byte> json, int item)
    {
        var reader = new Utf8JsonReader(json);
        for (var at = -1; reader.Read();)
        {
            if (reader.CurrentDepth != 1 || reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                continue;
            }

            if (++at == item)
            {
                return 1 + json[..(int)reader.TokenStartIndex].Count((byte)'\n');
            }
        }

        return 1;
    }

    /// <summary>What is wrong with a file of facts, with its line in front.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="failure">What reading it threw.</param>
    public static (long Line, string Message) Tell(ReadOnlySpan<byte> json, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure switch
        {
            PartyFormatException { Item: { } item } => (LineOf(json, item), failure.Message),
            JsonException { LineNumber: { } line } => (line + 1, "expected well-formed JSON: " + failure.Message.Split(" LineNumber:", 2)[0]),
            _ => (1, failure.Message),
        };
    }
}
