namespace Stillgate.Detection.Sketching;

/// <summary>
/// The content-free part of a sketch. Hashes are 48 bits under the sketch key; 0 means absent. Reused from exchange to exchange, so
/// nothing may keep a reference to it.
/// </summary>
public sealed class SketchContent
{
    /// <summary>Masked hash of the system prompt.</summary>
    public ulong SystemId { get; set; }

    /// <summary>Hash of the last user message as it stands: equal only for equal text.</summary>
    public ulong ContentId { get; set; }

    /// <summary>Hash of the system prompt and first user message: equal for all exchanges of one conversation.</summary>
    public ulong ConversationId { get; set; }

    /// <summary>Hash of the set of offered tools.</summary>
    public ulong ToolsId { get; set; }

    /// <summary>Template anchors: masked beginnings, endings and sampled shingles. <see cref="AnchorCount"/> are in use.</summary>
    public ulong[] Anchors { get; } = new ulong[SketchedExchange.AnchorsMax];

    /// <summary>Anchors in use.</summary>
    public int AnchorCount { get; set; }

    /// <summary>Kinds of cue found in the request.</summary>
    public Cues Cues { get; set; }

    /// <summary>What the request is like.</summary>
    public RequestTraits Traits { get; set; }

    /// <summary>User messages in the request.</summary>
    public int UserTurnCount { get; set; }

    /// <summary>Words (or ideographs) of the last user message, capped.</summary>
    public int PromptTokenCount { get; set; }

    /// <summary>Input tokens as billed, or estimated.</summary>
    public int InputTokenCount { get; set; }

    /// <summary>Output tokens as billed, or estimated.</summary>
    public int OutputTokenCount { get; set; }

    /// <summary>Reasoning tokens among the output.</summary>
    public int ReasoningTokenCount { get; set; }

    /// <summary>Temperature in hundredths, or -1 where the client set none.</summary>
    public int TemperatureHundredths { get; set; }

    /// <summary>Completions asked for.</summary>
    public int CompletionCount { get; set; }

    /// <summary>Signed random projection of the last user message's words, unit length times 127.</summary>
    public sbyte[] Embedding { get; } = new sbyte[SketchedExchange.EmbeddingLength];

    /// <summary>Sets everything back to absent.</summary>
    public void Clear()
    {
        SystemId = ContentId = ConversationId = ToolsId = 0;
        AnchorCount = 0;
        Cues = Cues.None;
        Traits = RequestTraits.None;
        UserTurnCount = PromptTokenCount = InputTokenCount = OutputTokenCount = ReasoningTokenCount = 0;
        TemperatureHundredths = -1;
        CompletionCount = 1;
        Array.Clear(Embedding);
    }
}
