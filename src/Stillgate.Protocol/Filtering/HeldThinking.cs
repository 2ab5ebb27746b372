using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// A thinking block of a stream while it is held back, or its signature alone. Pieces are joined as the raw bytes between their
/// quotes: an escaped pair of surrogates that came in two deltas is a pair again.
/// </summary>
internal sealed class HeldThinking
{
    /// <summary>Most bytes of a block that are held: the longest thinking there is, in a script of three bytes a character.</summary>
    public const int BytesMax = 2 << 20;

    private readonly GrowingBytes _thinking = new();
    private readonly GrowingBytes _signature = new();

    public bool IsOpen { get; private set; }

    /// <summary>Whether the whole block is held; otherwise its text passes and only the signature is held.</summary>
    public bool IsHidden { get; private set; }

    public void Begin(bool isHidden) => (IsOpen, IsHidden) = (true, isHidden);

    public void End()
    {
        IsOpen = false;
        _thinking.Clear();
        _signature.Clear();
    }

    /// <summary>Takes what a block's start or a delta of it brings.</summary>
    public void Append(JsonElement part)
    {
        if (IsHidden)
        {
            Append(_thinking, part, "thinking");
        }

        Append(_signature, part, "signature");
    }

    /// <summary>The signature's text.</summary>
    public byte[] Signature()
    {
        using var text = JsonDocument.Parse((byte[])[(byte)'"', .. _signature.Span, (byte)'"']);
        return Encoding.UTF8.GetBytes(text.RootElement.GetString()!);
    }

    /// <summary>The whole block as the provider would have sent it in a JSON body.</summary>
    public byte[] Block() =>
        [.. "{\"type\":\"thinking\",\"thinking\":\""u8, .. _thinking.Span, .. "\",\"signature\":\""u8, .. _signature.Span, .. "\"}"u8];

    private void Append(GrowingBytes into, JsonElement part, string name)
    {
        if (!part.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return;
        }

        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (_thinking.Length + _signature.Length + raw.Length > BytesMax)
        {
            throw new AnswerFilterException("A block of reasoning is too long to be held.");
        }

        into.Append(raw);
    }
}
