using Stillgate.Gateway.Recorder;

namespace Stillgate.Gateway.Budgets;

/// <summary>An amount of each thing that budgets count.</summary>
internal readonly record struct BudgetUse(long Requests, long InputTokens, long OutputTokens, long ReasoningTokens = 0)
{
    // English has about four characters a token; where a provider says nothing, this is what is counted, and it is an estimate.
    private const int CharsPerToken = 4;

    public static BudgetUse operator +(BudgetUse a, BudgetUse b) =>
        new(a.Requests + b.Requests, a.InputTokens + b.InputTokens, a.OutputTokens + b.OutputTokens, a.ReasoningTokens + b.ReasoningTokens);

    public static BudgetUse operator -(BudgetUse a, BudgetUse b) =>
        new(a.Requests - b.Requests, a.InputTokens - b.InputTokens, a.OutputTokens - b.OutputTokens, a.ReasoningTokens - b.ReasoningTokens);

    public bool Exceeds(BudgetOptions limit) =>
        Requests > limit.Requests || InputTokens > limit.InputTokens || OutputTokens > limit.OutputTokens || ReasoningTokens > limit.ReasoningTokens;

    /// <summary>The first thing of which there is more than the bound allows, in words, and the bound. For what exceeds it.</summary>
    public (string What, long Bound) FirstOver(BudgetOptions limit) =>
        Requests > limit.Requests ? ("requests", limit.Requests.Value)
        : InputTokens > limit.InputTokens ? ("input tokens", limit.InputTokens.Value)
        : OutputTokens > limit.OutputTokens ? ("output tokens", limit.OutputTokens.Value)
        : ("reasoning tokens", limit.ReasoningTokens!.Value);

    /// <summary>The most that a request may cost.</summary>
    public static BudgetUse AskedBy(ExchangeFeature exchange, int assumedOutputTokens)
    {
        if (exchange.Envelope is not { } envelope)
        {
            return new BudgetUse(1, 0, 0);
        }

        // As the provider is asked, and not as the client did where a control bounds it.
        var choices = Math.Max(1, Math.Min(envelope.Settings?.N ?? 1, exchange.ChoicesCap ?? int.MaxValue));
        var output = Math.Min(envelope.Settings?.MaxOutputTokens ?? assumedOutputTokens, exchange.OutputCap ?? int.MaxValue) * (long)choices;

        // A model may reason with all of what it may say.
        return new BudgetUse(1, exchange.Body!.Memory.Length / CharsPerToken, output, output);
    }

    /// <summary>What an exchange that is over did cost.</summary>
    public static BudgetUse Of(ExchangeFeature exchange)
    {
        if (exchange.Tap is not { } tap)
        {
            // Nothing was answered: the request counts, tokens do not.
            return new BudgetUse(1, 0, 0);
        }

        var answer = tap.Accumulator;
        var isWhole = exchange.End is ExchangeEnd.Complete;

        // What a control kept back was made and cost something all the same; a stream brings about a token in each piece.
        var withheld = exchange.AnswerFilter?.WithheldCount ?? 0;
        return new BudgetUse(
            1,
            answer.InputTokenCount ?? exchange.Asked.InputTokens,
            (isWhole ? answer.OutputTokenCount : null) ?? Math.Max(answer.OutputTokenCount ?? 0, (answer.CharCount / CharsPerToken) + withheld),
            (isWhole ? answer.ReasoningTokenCount : null) ?? Math.Max(answer.ReasoningTokenCount ?? 0, (answer.ReasoningCharCount / CharsPerToken) + withheld));
    }
}
