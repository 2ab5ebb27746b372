namespace Stillgate.Protocol.Filtering;

/// <summary>What of reasoning the client of one exchange gets.</summary>
/// <param name="View">How much of its text.</param>
/// <param name="IsSummarized">Whether this provider's thinking text is known to be a summary already, in dialects that do not say.</param>
/// <param name="Sealer">Replaces what must come back unchanged; null where it passes as it is.</param>
public sealed record ReasoningRules(ReasoningView View, bool IsSummarized, IReferenceSealer? Sealer)
{
    /// <summary>Whether thinking text of a dialect that does not mark summaries is taken out.</summary>
    internal bool HidesThinking => View == ReasoningView.Withheld || (View == ReasoningView.Summary && !IsSummarized);
}
