using System.Buffers;
using System.Text.Json;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// Gemini generateContent. Thoughts are parts that are marked as such; signatures stand on other parts too, where they must come
/// back on the next turn. A candidate that had nothing but thoughts keeps one empty part, as the service itself ends its streams.
/// </summary>
internal sealed class GeminiFilter(ReasoningRules rules) : AnswerFilter
{
    internal override bool Concerns(ReadOnlySpan<byte> block) => block.IndexOf("\"thought"u8) >= 0;

    private protected override bool OnEvent(ReadOnlySpan<byte> type, JsonElement root, IBufferWriter<byte> into) => Rewrite(type, into, splice =>
    {
        var isWorthSending = !root.TryGetProperty("candidates", out var candidates) || candidates.ValueKind != JsonValueKind.Array || candidates.GetArrayLength() == 0;
        splice.Object(root, member => member.NameEquals("candidates") && splice.WalkObjects(member, candidate => isWorthSending |= WriteCandidate(candidate, splice)));
        return isWorthSending;
    });

    private protected override void OnBody(JsonElement root, JsonSplice splice) =>
        splice.Object(root, member => member.NameEquals("candidates") && splice.WalkObjects(member, candidate => WriteCandidate(candidate, splice)));

    /// <summary>Says whether what is left of the candidate is worth an event.</summary>
    private bool WriteCandidate(JsonElement candidate, JsonSplice splice)
    {
        var isWorthSending = candidate.TryGetProperty("finishReason", out var finish) && HoldsSomething(finish);
        var hasContent = false;
        splice.Object(candidate, member => member.NameEquals("content") && splice.WalkObject(member, part =>
        {
            if (!part.NameEquals("parts") || part.Value.ValueKind != JsonValueKind.Array)
            {
                return false;
            }

            hasContent = true;
            isWorthSending |= WriteParts(part, splice);
            return true;
        }));
        return isWorthSending || !hasContent;
    }

    private bool WriteParts(JsonProperty parts, JsonSplice splice)
    {
        var left = parts.Value.GetArrayLength();
        splice.Name(parts);
        splice.Array(parts.Value, part =>
        {
            if (rules.HidesThinking && IsThought(part))
            {
                WithheldCount++;
                if (--left == 0)
                {
                    splice.NewElement("""{"text":""}"""u8);
                }

                return splice.Drop();
            }

            if (rules.Sealer is null || part.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            splice.Object(part, member => (member.NameEquals("thoughtSignature") || member.NameEquals("thought_signature")) && SealText(member, rules.Sealer, splice));
            return true;
        });
        return left > 0;
    }

    private static bool IsThought(JsonElement part) => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("thought", out var thought) && thought.ValueKind == JsonValueKind.True;
}
