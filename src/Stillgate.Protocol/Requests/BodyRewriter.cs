using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Stillgate.Protocol.Requests;

/// <summary>Changes top-level members of a request. Every other member keeps its bytes, its order and its number's spelling.</summary>
public static class BodyRewriter
{
    /// <summary>Rewrites a body that <see cref="EnvelopeParser"/> has accepted.</summary>
    /// <param name="body">UTF-8 JSON object.</param>
    /// <param name="edits">For each member its new value as raw JSON, or null to leave the member out. One that is not there is added.</param>
    /// <returns>The new body.</returns>
    public static byte[] Rewrite(ReadOnlySpan<byte> body, IReadOnlyDictionary<string, string?> edits)
    {
        ArgumentNullException.ThrowIfNull(edits);
        var into = new ArrayBufferWriter<byte>(body.Length + 64);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = EnvelopeParser.DepthMax });
        reader.Read();
        into.Write("{"u8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var name = reader.GetString()!;
            reader.Read();
            reader.Skip();
            if (!edits.TryGetValue(name, out var value))
            {
                Separate(into);
                into.Write(body[start..(int)reader.BytesConsumed]);
            }
            else if (done.Add(name) && value is not null)
            {
                WriteMember(into, name, value);
            }
        }

        foreach (var (name, value) in edits)
        {
            if (value is not null && !done.Contains(name))
            {
                WriteMember(into, name, value);
            }
        }

        into.Write("}"u8);
        return into.WrittenSpan.ToArray();
    }

    /// <summary>Finds a top-level member's value.</summary>
    /// <param name="body">A JSON object that the parser has accepted.</param>
    /// <param name="names">The name, in each of its spellings.</param>
    /// <param name="found">The name as it stands there; null where none of them does.</param>
    /// <returns>Where the value lies; empty where there is none.</returns>
    public static Range Find(ReadOnlySpan<byte> body, ReadOnlySpan<string> names, out string? found)
    {
        found = null;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = EnvelopeParser.DepthMax });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            foreach (var name in names)
            {
                found = reader.ValueTextEquals(name) ? name : found;
            }

            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found is not null)
            {
                return start..(int)reader.BytesConsumed;
            }
        }

        return default;
    }

    private static void WriteMember(ArrayBufferWriter<byte> into, string name, string value)
    {
        Separate(into);
        into.Write(JsonSerializer.SerializeToUtf8Bytes(name, RewriterContext.Default.String));
        into.Write(":"u8);
        into.Write(Encoding.UTF8.GetBytes(value));
    }

    private static void Separate(ArrayBufferWriter<byte> into)
    {
        if (into.WrittenCount > 1)
        {
            into.Write(","u8);
        }
    }
}
