using System.Buffers;
using System.Text.Json;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// OpenAI chat completions. OpenAI itself sends no reasoning here; vLLM and others put it into members of their own beside the
/// content. None of them says that its text is a summary but OpenRouter's typed details. The log-probabilities and token ids
/// of a choice spell its reasoning out, so they go with it.
/// </summary>
internal sealed class OpenAiChatFilter(ReasoningRules rules) : AnswerFilter
{
    public override ReadOnlySpan<byte> KeepAlive => ": reasoning withheld\n\n"u8;

    internal override bool Concerns(ReadOnlySpan<byte> block) =>
        rules.View != ReasoningView.Pass && (block.IndexOf("reasoning"u8) >= 0 || block.IndexOf("thinking"u8) >= 0);

    private protected override bool OnEvent(ReadOnlySpan<byte> type, JsonElement root, IBufferWriter<byte> into) => Rewrite(type, into, splice =>
    {
        var isWorthSending = root.TryGetProperty("usage", out var usage) && HoldsSomething(usage);
        splice.Object(root, member => member.NameEquals("choices") && splice.WalkObjects(member, choice => isWorthSending |= WriteChoice(choice, splice)));
        return isWorthSending;
    });

    private protected override void OnBody(JsonElement root, JsonSplice splice)
    {
        if (rules.View == ReasoningView.Pass)
        {
            splice.Object(root, static _ => false);
            return;
        }

        splice.Object(root, member => member.NameEquals("choices") && splice.WalkObjects(member, choice => WriteChoice(choice, splice)));
    }

    /// <summary>Says whether what is left of the choice is worth an event.</summary>
    private bool WriteChoice(JsonElement choice, JsonSplice splice)
    {
        var (isWorthSending, before) = (false, WithheldCount);
        var hides = choice.EnumerateObject().Any(member => IsMessage(member) && HoldsReasoning(member.Value));
        splice.Object(choice, member =>
        {
            if (hides && (member.NameEquals("logprobs") || member.NameEquals("token_ids")) && HoldsSomething(member.Value))
            {
                return splice.Replace(member, "null"u8);
            }

            if (IsMessage(member) && member.Value.ValueKind == JsonValueKind.Object)
            {
                return splice.WalkObject(member, part => WriteMember(part, splice, ref isWorthSending));
            }

            isWorthSending |= member.NameEquals("finish_reason") && HoldsSomething(member.Value);
            return false;
        });
        return isWorthSending || before == WithheldCount;
    }

    private bool WriteMember(JsonProperty member, JsonSplice splice, ref bool isWorthSending)
    {
        if (IsReasoning(member))
        {
            WithheldCount++;
            return splice.Drop();
        }

        if (member.NameEquals("reasoning_details") && member.Value.ValueKind == JsonValueKind.Array)
        {
            isWorthSending |= rules.View == ReasoningView.Summary || member.Value.EnumerateArray().Any(detail => !IsText(detail));
            splice.Name(member);
            splice.Array(member.Value, detail => IsText(detail) && Withhold(splice));
            return true;
        }

        if (member.NameEquals("content") && member.Value.ValueKind == JsonValueKind.Array)
        {
            isWorthSending = true;
            splice.Name(member);
            splice.Array(member.Value, part => IsThinkingPart(part) && Withhold(splice));
            return true;
        }

        if (member.NameEquals("provider_specific_fields") && member.Value.ValueKind == JsonValueKind.Object)
        {
            var ignored = false;
            return splice.WalkObject(member, inner => WriteMember(inner, splice, ref ignored));
        }

        isWorthSending |= HoldsSomething(member.Value);
        return false;
    }

    private bool Withhold(JsonSplice splice)
    {
        WithheldCount++;
        return splice.Drop();
    }

    private bool HoldsReasoning(JsonElement message) => message.ValueKind == JsonValueKind.Object && message.EnumerateObject().Any(member =>
        IsReasoning(member)
        || (member.NameEquals("reasoning_details") && member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().Any(IsText))
        || (member.NameEquals("content") && member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().Any(IsThinkingPart))
        || (member.NameEquals("provider_specific_fields") && HoldsReasoning(member.Value)));

    private static bool IsMessage(JsonProperty member) => member.NameEquals("delta") || member.NameEquals("message");

    private static bool IsReasoning(JsonProperty member) => HoldsSomething(member.Value)
        && (member.NameEquals("reasoning_content") || member.NameEquals("reasoning") || member.NameEquals("reasoning_text")
            || member.NameEquals("thinking") || member.NameEquals("thinking_blocks"));

    private bool IsText(JsonElement detail) => Is(detail, "type", "reasoning.text") || (rules.View == ReasoningView.Withheld && Is(detail, "type", "reasoning.summary"));

    private static bool IsThinkingPart(JsonElement part) => Is(part, "type", "thinking") || Is(part, "type", "reasoning");
}
