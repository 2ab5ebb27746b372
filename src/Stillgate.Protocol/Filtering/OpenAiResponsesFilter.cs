using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// OpenAI responses. The reasoning item itself stays, without what is kept back, as OpenAI sends it where no summary was asked
/// for: so every other item keeps its index. Where references are handed out, an item whose text is taken out and that the
/// provider did not encrypt itself is carried whole in the place of its encrypted content.
/// </summary>
internal sealed class OpenAiResponsesFilter(ReasoningRules rules) : AnswerFilter
{
    public override ReadOnlySpan<byte> KeepAlive => ": reasoning withheld\n\n"u8;

    internal override bool Concerns(ReadOnlySpan<byte> block) => block.IndexOf("reasoning"u8) >= 0;

    private protected override bool OnEvent(ReadOnlySpan<byte> type, JsonElement root, IBufferWriter<byte> into)
    {
        if (IsTextEvent(root))
        {
            WithheldCount++;
            return false;
        }

        var isWhole = !Is(root, "type", "response.output_item.added");
        return Rewrite(type, into, splice =>
        {
            splice.Object(root, member => member.NameEquals("item") && IsReasoning(member.Value)
                ? WriteItem(member, splice, isWhole)
                : member.NameEquals("response") && splice.WalkObject(member, part => WriteOutput(part, splice)));
            return true;
        });
    }

    private protected override void OnBody(JsonElement root, JsonSplice splice) => splice.Object(root, member => WriteOutput(member, splice));

    private bool IsTextEvent(JsonElement root)
    {
        if (rules.View == ReasoningView.Pass || !root.TryGetProperty("type", out var named) || named.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var type = named.GetString()!;
        return type.StartsWith("response.reasoning_summary", StringComparison.Ordinal)
            ? rules.View == ReasoningView.Withheld
            : type.StartsWith("response.reasoning", StringComparison.Ordinal) || (root.TryGetProperty("part", out var part) && Is(part, "type", "reasoning_text"));
    }

    private bool WriteOutput(JsonProperty member, JsonSplice splice)
    {
        if (!member.NameEquals("output") || member.Value.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        splice.Name(member);
        splice.Array(member.Value, item =>
        {
            if (!IsReasoning(item))
            {
                return false;
            }

            splice.Object(item, ItemRule(item, splice, isWhole: true));
            return true;
        });
        return true;
    }

    private bool WriteItem(JsonProperty member, JsonSplice splice, bool isWhole)
    {
        splice.Name(member);
        splice.Object(member.Value, ItemRule(member.Value, splice, isWhole));
        return true;
    }

    private JsonSplice.MemberRule ItemRule(JsonElement item, JsonSplice splice, bool isWhole)
    {
        // Carried once, in the place of the first member that has to go; the provider's own encrypted content says more than we could.
        var carries = isWhole && rules.Sealer is not null && Hides(item) && !(item.TryGetProperty("encrypted_content", out var own) && HoldsSomething(own));
        var isCarried = false;
        return member =>
        {
            if (member.NameEquals("encrypted_content"))
            {
                return HoldsSomething(member.Value) ? SealText(member, rules.Sealer, splice) : carries && splice.Drop();
            }

            if (!Hides(member))
            {
                return false;
            }

            WithheldCount++;
            if (carries && !isCarried)
            {
                isCarried = true;
                SealedCount++;
                splice.Add("encrypted_content"u8, JsonSplice.Quote(rules.Sealer!.Seal(ReferenceKind.Block, JsonMarshal.GetRawUtf8Value(item))));
            }

            return member.NameEquals("summary") ? splice.Replace(member, "[]"u8) : splice.Drop();
        };
    }

    private bool Hides(JsonElement item) => item.EnumerateObject().Any(Hides);

    private bool Hides(JsonProperty member) => HoldsSomething(member.Value)
        && ((rules.View != ReasoningView.Pass && member.NameEquals("content")) || (rules.View == ReasoningView.Withheld && member.NameEquals("summary")));

    private static bool IsReasoning(JsonElement item) => Is(item, "type", "reasoning");
}
