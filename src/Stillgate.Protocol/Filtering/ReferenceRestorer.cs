using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stillgate.Protocol.Requests;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// Puts back what references in a conversation stand for. It looks only where the dialects have opaque reasoning: in blocks and items
/// of reasoning, and on Gemini's parts. The arguments of a tool may hold members of the same names and are left alone.
/// </summary>
public static class ReferenceRestorer
{
    private static readonly string[] OpaqueNames = ["signature", "data", "encrypted_content"];

    /// <summary>Whether a body may hold anything opaque: a cheap look at its bytes.</summary>
    /// <param name="body">The request.</param>
    public static bool MayHold(ReadOnlySpan<byte> body) =>
        body.IndexOf("ignature"u8) >= 0 || body.IndexOf("redacted_thinking"u8) >= 0 || body.IndexOf("encrypted_content"u8) >= 0;

    /// <summary>Restores a conversation.</summary>
    /// <param name="envelope">The request.</param>
    /// <param name="body">The bytes that the envelope was read from.</param>
    /// <param name="opener">Opens each opaque string.</param>
    /// <returns>The conversation's value as the provider gets it; null where nothing was put back.</returns>
    public static byte[]? Restore(RequestEnvelope envelope, ReadOnlyMemory<byte> body, IReferenceOpener opener)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(opener);
        var conversation = body[envelope.Conversation];
        if (conversation.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(conversation, new JsonDocumentOptions { MaxDepth = EnvelopeParser.DepthMax });
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var into = new ArrayBufferWriter<byte>(conversation.Length);
        var splice = new JsonSplice(into);
        var position = 0;
        splice.Array(document.RootElement, message =>
        {
            var here = position++;
            return message.ValueKind == JsonValueKind.Object && (IsReasoning(message) ? RestorePart(message, splice, opener, here) : RestoreMessage(message, splice, opener, here));
        });
        return splice.IsChanged ? into.WrittenSpan.ToArray() : null;
    }

    private static bool RestoreMessage(JsonElement message, JsonSplice splice, IReferenceOpener opener, int position)
    {
        splice.Object(message, member =>
        {
            if (member.Value.ValueKind != JsonValueKind.Array || !(member.NameEquals("content") || member.NameEquals("parts")))
            {
                return false;
            }

            splice.Name(member);
            splice.Array(member.Value, part => part.ValueKind == JsonValueKind.Object && RestorePart(part, splice, opener, position));
            return true;
        });
        return true;
    }

    private static bool RestorePart(JsonElement part, JsonSplice splice, IReferenceOpener opener, int position)
    {
        var isReasoning = IsReasoning(part);
        foreach (var member in part.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String || member.Value.ValueEquals("") || !IsOpaque(member, isReasoning))
            {
                continue;
            }

            if (!opener.TryOpen(member.Value.GetString()!, position, out var kind, out var original))
            {
                return false;
            }

            if (kind == ReferenceKind.Block && isReasoning)
            {
                splice.NewElement(original);
                return true;
            }

            var name = member.Name;
            splice.Object(part, other => other.NameEquals(name) && splice.Replace(other, Quote(original)));
            return true;
        }

        return false;
    }

    private static byte[] Quote(byte[] text) => Encoding.UTF8.GetBytes("\"" + JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Encoding.UTF8.GetString(text)) + "\"");

    private static bool IsOpaque(JsonProperty member, bool isReasoning) =>
        isReasoning ? OpaqueNames.Contains(member.Name, StringComparer.Ordinal) : member.NameEquals("thoughtSignature") || member.NameEquals("thought_signature");

    private static bool IsReasoning(JsonElement part) =>
        part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && (type.ValueEquals("thinking") || type.ValueEquals("redacted_thinking") || type.ValueEquals("reasoning"));
}
