using System.Buffers;
using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// Takes out of answers of one dialect what a control keeps back, and puts references in the place of what must come back
/// unchanged. Whole events and whole bodies only: what it does not change keeps its bytes. What it cannot read does not pass.
/// </summary>
/// <remarks>One for each exchange; not safe for use by two threads at once.</remarks>
public abstract class AnswerFilter
{
    /// <summary>Largest JSON body that is read; a longer one does not pass.</summary>
    public const int BodyBytesMax = 64 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };
    private readonly ArrayBufferWriter<byte> _written = new();

    private protected AnswerFilter()
    {
    }

    /// <summary>Pieces of reasoning that were taken out so far: events, blocks or members.</summary>
    public int WithheldCount { get; private protected set; }

    /// <summary>References that were handed out so far.</summary>
    public int SealedCount { get; private protected set; }

    /// <summary>Values that lost precision so far.</summary>
    public int RoundedCount { get; private protected set; }

    /// <summary>
    /// What is sent where something was taken out and nothing else is there to send, so that the client and what stands between know
    /// that the answer goes on; empty for a dialect whose official clients know no such thing.
    /// </summary>
    public virtual ReadOnlySpan<byte> KeepAlive => default;

    /// <summary>Makes the filter of a dialect.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="rules">What the client gets.</param>
    /// <returns>A new filter, or null where answers of the dialect hold no reasoning.</returns>
    public static AnswerFilter? Create(string dialect, ReasoningRules rules) => dialect switch
    {
        Dialects.OpenAiChat => new OpenAiChatFilter(rules),
        Dialects.OpenAiResponses => new OpenAiResponsesFilter(rules),
        Dialects.AnthropicMessages => new AnthropicFilter(rules),
        Dialects.GeminiGenerate => new GeminiFilter(rules),
        _ => null,
    };

    /// <summary>Filters a whole JSON body.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="into">Receives what the client gets.</param>
    /// <exception cref="AnswerFilterException">The body cannot be read.</exception>
    public void FilterBody(ReadOnlyMemory<byte> body, IBufferWriter<byte> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        _written.ResetWrittenCount();
        var splice = new JsonSplice(_written);
        Read(body, root => FilterRoot(root, splice));
        into.Write(splice.IsChanged ? _written.WrittenSpan : body.Span);
    }

    /// <summary>Whether the block may hold something that <see cref="TakeEvent"/> must see. A cheap look at its bytes.</summary>
    internal abstract bool Concerns(ReadOnlySpan<byte> block);

    /// <summary>Takes an event.</summary>
    /// <param name="sse">The event.</param>
    /// <param name="into">Receives what the client gets of it, as whole events; not written to where the result is true.</param>
    /// <returns>Whether it passes as it came.</returns>
    internal bool TakeEvent(in SseEvent sse, IBufferWriter<byte> into)
    {
        if (sse.Oversized)
        {
            throw new AnswerFilterException("An event of the answer is too long to be read.");
        }

        if (sse.Data.SequenceEqual("[DONE]"u8))
        {
            return true;
        }

        var (type, passes) = (sse.Type.ToArray(), true);
        Read(sse.Data.ToArray(), root => passes = root.ValueKind != JsonValueKind.Object || OnEvent(type, root, into));
        return passes;
    }

    private protected abstract bool OnEvent(ReadOnlySpan<byte> type, JsonElement root, IBufferWriter<byte> into);

    private protected abstract void OnBody(JsonElement root, JsonSplice splice);

    /// <summary>Rewrites an event by <see cref="OnBody"/>'s kind of walk; it passes as it came where the walk changes nothing, and not at all where the walk says so.</summary>
    private protected bool Rewrite(ReadOnlySpan<byte> type, IBufferWriter<byte> into, Func<JsonSplice, bool> walk)
    {
        _written.ResetWrittenCount();
        var splice = new JsonSplice(_written);
        var isWorthSending = walk(splice);
        if (!splice.IsChanged)
        {
            return true;
        }

        if (isWorthSending)
        {
            WriteEvent(type, _written.WrittenSpan, into);
        }

        return false;
    }

    internal static void WriteEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> json, IBufferWriter<byte> into)
    {
        if (!type.IsEmpty)
        {
            into.Write("event: "u8);
            into.Write(type);
            into.Write("\n"u8);
        }

        // Raw values may hold line feeds between their tokens; in an event each line of data has its own name.
        while (json.IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0)
        {
            into.Write("data: "u8);
            into.Write(json[..end]);
            into.Write("\n"u8);
            json = json[(end + 1)..];
        }

        into.Write("data: "u8);
        into.Write(json);
        into.Write("\n\n"u8);
    }

    private protected static bool Is(JsonElement parent, string name, string value) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String && member.ValueEquals(value);

    /// <summary>Whether there is anything in a value: null, and empty texts, lists and objects hold nothing.</summary>
    private protected static bool HoldsSomething(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => false,
        JsonValueKind.String => !value.ValueEquals(""),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    /// <summary>Puts a reference in the place of an opaque string; an empty one stays, since streams begin with it.</summary>
    private protected bool SealText(JsonProperty member, IReferenceSealer? sealer, JsonSplice splice)
    {
        if (sealer is null || member.Value.ValueKind != JsonValueKind.String || !HoldsSomething(member.Value))
        {
            return false;
        }

        SealedCount++;
        return splice.ReplaceText(member, sealer.Seal(ReferenceKind.Text, System.Text.Encoding.UTF8.GetBytes(member.Value.GetString()!)));
    }

    private void FilterRoot(JsonElement root, JsonSplice splice)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            // Gemini streams without events as one array of whole answers.
            splice.Array(root, element =>
            {
                if (element.ValueKind != JsonValueKind.Object)
                {
                    return false;
                }

                OnBody(element, splice);
                return true;
            });
        }
        else if (root.ValueKind == JsonValueKind.Object)
        {
            OnBody(root, splice);
        }
    }

    private static void Read(ReadOnlyMemory<byte> json, Action<JsonElement> act)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            act(document.RootElement);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON, or names and values that are not valid Unicode. The cause's message may quote the answer.
            throw new AnswerFilterException("The answer is not JSON that can be read.");
        }
    }
}
