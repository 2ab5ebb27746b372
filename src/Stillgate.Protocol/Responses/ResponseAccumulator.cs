using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Protocol.Responses;

/// <summary>
/// Learns from a provider's answer what the record needs, while the bytes themselves go to the client untouched. It is fed whole
/// events of a stream or one whole JSON body. What it does not know it passes over and counts; it never throws on input.
/// </summary>
/// <remarks>Not safe for use by two threads at once.</remarks>
public abstract class ResponseAccumulator
{
    /// <summary>Most UTF-16 code units of text that are kept of an answer, and as many again of its reasoning.</summary>
    public const int TextCharsMax = 1 << 20;

    private protected static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 64 };
    private readonly TextBuffer _text = new(TextCharsMax);

    // Most answers have none.
    private TextBuffer? _reasoning;

    // Only a stream has one.
    private EventTemplate? _template;

    private protected ResponseAccumulator()
    {
    }

    /// <summary>Whether the dialect's own mark of a whole answer was seen, so that the end of the bytes is a clean end.</summary>
    public bool IsComplete { get; private protected set; }

    /// <summary>Whether an error came inside an answer of status 200.</summary>
    public bool HasError { get; private protected set; }

    /// <summary>Events or bodies that were not understood.</summary>
    public int UnreadableCount { get; private set; }

    /// <summary>Whether something was left out of the text or the reasoning because of a bound.</summary>
    public bool IsCut => _text.IsCut || _reasoning is { IsCut: true } || WasOversized;

    /// <summary>Tokens of the request, as the provider billed them, or null.</summary>
    public int? InputTokenCount { get; private protected set; }

    /// <summary>Tokens of the answer, reasoning included, as the provider billed them, or null.</summary>
    public int? OutputTokenCount { get; private protected set; }

    /// <summary>Tokens of reasoning among the output tokens, or null.</summary>
    public int? ReasoningTokenCount { get; private protected set; }

    /// <summary>Code units of text and reasoning gathered so far; the base of an estimate where a stream ends without its usage.</summary>
    public int CharCount => _text.Length + ReasoningCharCount;

    /// <summary>Code units of reasoning gathered so far.</summary>
    public int ReasoningCharCount => _reasoning?.Length ?? 0;

    private protected TextBuffer Text => _text;

    private protected TextBuffer Reasoning => _reasoning ??= new TextBuffer(TextCharsMax);

    private protected string? Finish { get; set; }

    private bool WasOversized { get; set; }

    /// <summary>Makes the accumulator of a dialect.</summary>
    /// <param name="dialect">One of <see cref="Dialects.All"/>.</param>
    /// <returns>A new accumulator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">This build has none for the dialect.</exception>
    public static ResponseAccumulator Create(string dialect) => dialect switch
    {
        Dialects.OpenAiChat or Dialects.OpenAiCompletions or Dialects.OpenAiEmbeddings or Dialects.OpenAiModels => new OpenAiChatAccumulator(),
        Dialects.OpenAiResponses => new OpenAiResponsesAccumulator(),
        Dialects.AnthropicMessages or Dialects.AnthropicCountTokens or Dialects.AnthropicModels => new AnthropicMessagesAccumulator(),
        Dialects.GeminiGenerate or Dialects.GeminiCountTokens or Dialects.GeminiModels => new GeminiAccumulator(),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "no accumulator for this dialect"),
    };

    /// <summary>Whether the stream's usual event is known by the bytes around its text (<see cref="TryTakeBlock"/>).</summary>
    public bool KnowsBlock => _template?.KnowsBlock == true;

    /// <summary>Takes one event of a stream.</summary>
    /// <param name="sse">The event.</param>
    public void TakeEvent(in SseEvent sse) => TakeEvent(sse, default);

    /// <summary>Takes one event of a stream.</summary>
    /// <param name="sse">The event.</param>
    /// <param name="block">The lines that it came in, its empty line with them; nothing where they are not at hand.</param>
    public void TakeEvent(in SseEvent sse, ReadOnlySpan<byte> block)
    {
        if (sse.Oversized)
        {
            WasOversized = true;
            return;
        }

        _template ??= new EventTemplate();
        if (_template.TryMatch(sse.Type, sse.Data, block, out var text))
        {
            _template.Into!.AppendPlain(text);
            return;
        }

        var (state, texts, reasonings) = (State, _text.AppendCount, _reasoning?.AppendCount ?? 0);
        try
        {
            OnEvent(sse);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            // A corrupt event is the client's to refuse; here it is only counted. The message may quote content: it goes nowhere.
            UnreadableCount++;
        }

        Learn(sse, block, state, _text.AppendCount - texts, (_reasoning?.AppendCount ?? 0) - reasonings);
    }

    /// <summary>
    /// Takes the next event without cutting it into lines, where it stands whole at the start of the bytes and differs from one before in its text alone. The
    /// effect is that of <see cref="TakeEvent(in SseEvent)"/>.
    /// </summary>
    /// <param name="bytes">Bytes of the stream from the start of an event on; on return, those behind the event that was taken.</param>
    /// <returns>Whether one was taken.</returns>
    public bool TryTakeBlock(ref ReadOnlySpan<byte> bytes) => _template?.TryTakeBlock(ref bytes) == true;

    /// <summary>
    /// Whether a stream that ends with these bytes is whole for certain. A cheap look at the end alone, so that the client need not
    /// wait for the answer to be read; where it says no, reading the answer decides.
    /// </summary>
    /// <param name="tail">The last bytes of the stream, from the start of a line on or cut within one.</param>
    /// <returns>True only where the dialect's own last event stands there whole.</returns>
    public bool EndsWhole(ReadOnlySpan<byte> tail)
    {
        if (!tail.EndsWith("\n\n"u8))
        {
            // The last event's own lines may not be all there.
            return false;
        }

        tail = tail.TrimEnd((byte)'\n');
        var block = tail.LastIndexOf("\n\n"u8);
        return block >= 0 && IsLastEvent(tail[(block + 2)..]);
    }

    /// <summary>Takes a whole JSON body.</summary>
    /// <param name="body">UTF-8 bytes.</param>
    public void TakeBody(ReadOnlySpan<byte> body)
    {
        try
        {
            OnBody(body);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            UnreadableCount++;
        }
    }

    /// <summary>What was learnt, as it stands in the record.</summary>
    /// <returns>A new object.</returns>
    public ExchangeResponse ToResponse() => new()
    {
        Text = _text.IsEmpty ? "" : _text.ToString(),
        Reasoning = _reasoning is { IsEmpty: false } reasoning ? reasoning.ToString() : null,
        Finish = Finish,
        InputTokens = InputTokenCount,
        OutputTokens = OutputTokenCount,
        ReasoningTokens = ReasoningTokenCount,
    };

    private protected abstract void OnEvent(in SseEvent sse);

    private protected abstract void OnBody(ReadOnlySpan<byte> body);

    /// <summary>Whatever of the dialect's own state could change how an event is read.</summary>
    private protected abstract (int, int, int) OwnState();

    /// <summary>Whether a block of lines is the dialect's last event of a whole answer.</summary>
    private protected virtual bool IsLastEvent(ReadOnlySpan<byte> block) => false;

    /// <summary>Begins a call of a tool in the text; a name that is missing or empty begins none.</summary>
    private protected void AppendToolName(string? name)
    {
        if (name is { Length: > 0 })
        {
            _text.Append(_text.IsEmpty ? "[tool_call] " : "\n[tool_call] ");
            _text.Append(name);
            _text.Append(" ");
        }
    }

    /// <summary>Reads the token counts of a usage object. A count that is no number leaves what was known.</summary>
    private protected void ReadUsage(ref Utf8JsonReader reader, UsageNames names)
    {
        if (!JsonCursor.EnterObject(ref reader))
        {
            return;
        }

        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals(names.Input))
            {
                InputTokenCount = JsonCursor.Int(ref reader) ?? InputTokenCount;
            }
            else if (reader.ValueTextEquals(names.Output))
            {
                OutputTokenCount = JsonCursor.Int(ref reader) ?? OutputTokenCount;
            }
            else if (reader.ValueTextEquals(names.OutputDetails))
            {
                ReadReasoning(ref reader);
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private (bool, bool, string?, int?, int?, int?, int, bool, (int, int, int)) State =>
        (IsComplete, HasError, Finish, InputTokenCount, OutputTokenCount, ReasoningTokenCount, UnreadableCount, IsCut, OwnState());

    private void ReadReasoning(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterObject(ref reader))
        {
            return;
        }

        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("reasoning_tokens"u8))
            {
                ReasoningTokenCount = JsonCursor.Int(ref reader) ?? ReasoningTokenCount;
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void Learn(in SseEvent sse, ReadOnlySpan<byte> block, (bool, bool, string?, int?, int?, int?, int, bool, (int, int, int)) before, int texts, int reasonings)
    {
        if (before != State)
        {
            _template!.Forget();
        }
        else if (texts + reasonings == 1 && (texts == 1 ? _text : Reasoning) is { LastStart: >= 0 } into)
        {
            _template!.Learn(sse.Type, sse.Data, block, into.LastStart, into.LastLength, into);
        }
    }
}
