using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// Anthropic messages. A thinking block whose text is kept back becomes, where references are handed out, a <c>redacted_thinking</c>
/// block whose data is a reference that carries the whole block: official clients send it back as it is. Without references
/// it is left out and the blocks after it move up, since clients keep their blocks in a list by index.
/// </summary>
internal sealed class AnthropicFilter(ReasoningRules rules) : AnswerFilter
{
    private readonly HeldThinking _held = new();
    private int _leftOut;

    public override ReadOnlySpan<byte> KeepAlive => "event: ping\ndata: {\"type\": \"ping\"}\n\n"u8;

    internal override bool Concerns(ReadOnlySpan<byte> block) =>
        _held.IsOpen || _leftOut > 0 || block.IndexOf("thinking"u8) >= 0 || block.IndexOf("signature"u8) >= 0;

    private protected override bool OnEvent(ReadOnlySpan<byte> type, JsonElement root, IBufferWriter<byte> into)
    {
        if (!root.TryGetProperty("index", out var index) || index.ValueKind != JsonValueKind.Number || !root.TryGetProperty("type", out var named))
        {
            return root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object
                ? Rewrite(type, into, splice => WriteMessage(root, splice))
                : true;
        }

        switch (named.GetString())
        {
            case "content_block_start" when root.TryGetProperty("content_block", out var block):
                return Begin(type, root, block, into);
            case "content_block_delta" when _held.IsOpen && root.TryGetProperty("delta", out var delta):
                return TakeDelta(delta) ? Moved(type, root, into) : false;
            case "content_block_stop" when _held.IsOpen:
                return Stop(type, root, into);
            default:
                return Moved(type, root, into);
        }
    }

    private protected override void OnBody(JsonElement root, JsonSplice splice) => splice.Object(root, member => WriteContent(member, splice));

    private bool WriteMessage(JsonElement root, JsonSplice splice)
    {
        splice.Object(root, member => member.NameEquals("message") && splice.WalkObject(member, part => WriteContent(part, splice)));
        return true;
    }

    private bool WriteContent(JsonProperty member, JsonSplice splice) => member.NameEquals("content") && member.Value.ValueKind == JsonValueKind.Array && WriteBlocks(member, splice);

    private bool WriteBlocks(JsonProperty blocks, JsonSplice splice)
    {
        splice.Name(blocks);
        splice.Array(blocks.Value, block =>
        {
            if (IsHidden(block))
            {
                WithheldCount++;
                return rules.Sealer is null ? splice.Drop() : Carry(JsonMarshal.GetRawUtf8Value(block), splice);
            }

            if (rules.Sealer is null || !IsThinking(block))
            {
                return false;
            }

            splice.Object(block, part => (part.NameEquals("signature") || part.NameEquals("data")) && SealText(part, rules.Sealer, splice));
            return true;
        });
        return true;
    }

    private bool Carry(ReadOnlySpan<byte> block, JsonSplice splice)
    {
        splice.NewElement(Redacted(block));
        return true;
    }

    private bool Begin(ReadOnlySpan<byte> type, JsonElement root, JsonElement block, IBufferWriter<byte> into)
    {
        if (Is(block, "type", "thinking") && (IsHidden(block) || rules.Sealer is not null))
        {
            _held.Begin(isHidden: IsHidden(block));
            _held.Append(block);
            if (IsHidden(block))
            {
                return Withhold();
            }
        }
        else if (rules.Sealer is null || !Is(block, "type", "redacted_thinking"))
        {
            return Moved(type, root, into);
        }

        return Rewrite(type, into, splice =>
        {
            splice.Object(root, member => member.NameEquals("content_block")
                ? splice.WalkObject(member, part => part.NameEquals("signature") && HoldsSomething(part.Value)
                    ? splice.Replace(part, "\"\""u8)
                    : part.NameEquals("data") && SealText(part, rules.Sealer, splice))
                : MoveIndex(member, splice));
            return true;
        });
    }

    /// <summary>Takes a delta of the held block; true where it passes all the same.</summary>
    private bool TakeDelta(JsonElement delta)
    {
        if (_held.IsHidden)
        {
            _held.Append(delta);
            return Withhold();
        }

        if (!Is(delta, "type", "signature_delta"))
        {
            return true;
        }

        // A signature may come in pieces; it is sealed as one at the block's end.
        _held.Append(delta);
        return false;
    }

    private bool Stop(ReadOnlySpan<byte> type, JsonElement root, IBufferWriter<byte> into)
    {
        var index = root.GetProperty("index").GetInt32() - _leftOut;
        if (!_held.IsHidden)
        {
            if (_held.Signature() is { Length: > 0 } signature)
            {
                SealedCount++;
                var sealedText = rules.Sealer!.Seal(ReferenceKind.Text, signature);
                WriteEvent("content_block_delta"u8, Utf8($$$"""{"type":"content_block_delta","index":{{{index}}},"delta":{"type":"signature_delta","signature":"{{{sealedText}}}"}}"""), into);
            }

            _held.End();
            if (Moved(type, root, into))
            {
                WriteEvent(type, JsonMarshal.GetRawUtf8Value(root), into);
            }

            return false;
        }

        if (rules.Sealer is null)
        {
            _leftOut++;
        }
        else
        {
            var block = Encoding.UTF8.GetString(Redacted(_held.Block()));
            WriteEvent("content_block_start"u8, Utf8($$"""{"type":"content_block_start","index":{{index}},"content_block":{{block}}}"""), into);
            WriteEvent("content_block_stop"u8, Utf8($$"""{"type":"content_block_stop","index":{{index}}}"""), into);
        }

        _held.End();
        return false;
    }

    private bool Moved(ReadOnlySpan<byte> type, JsonElement root, IBufferWriter<byte> into) => _leftOut == 0 || Rewrite(type, into, splice =>
    {
        splice.Object(root, member => MoveIndex(member, splice));
        return true;
    });

    private bool MoveIndex(JsonProperty member, JsonSplice splice) => _leftOut > 0 && member.NameEquals("index") && member.Value.TryGetInt32(out var index)
        && splice.Replace(member, Utf8((index - _leftOut).ToString(CultureInfo.InvariantCulture)));

    private byte[] Redacted(ReadOnlySpan<byte> block)
    {
        SealedCount++;
        return Utf8($$"""{"type":"redacted_thinking","data":"{{rules.Sealer!.Seal(ReferenceKind.Block, block)}}"}""");
    }

    private bool Withhold()
    {
        WithheldCount++;
        return false;
    }

    private bool IsHidden(JsonElement block) => rules.HidesThinking && Is(block, "type", "thinking");

    private static bool IsThinking(JsonElement block) => Is(block, "type", "thinking") || Is(block, "type", "redacted_thinking");

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
