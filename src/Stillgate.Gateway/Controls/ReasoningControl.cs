using System.Text;
using Stillgate.Gateway.Forwarder;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Filtering;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>
/// How much of a model's reasoning leaves. Where the client itself asked for it by a setting that the dialect has, the setting is
/// changed, so that it is not even made; the answer is filtered all the same.
/// </summary>
internal static class ReasoningControl
{
    public static void Apply(ControlPlan plan, ExchangeFeature exchange, RequestEnvelope envelope, ControlOptions options, IReferenceSealer? sealer)
    {
        var hides = options.Reasoning == ControlMode.On && options.ReasoningView != ReasoningView.Pass;
        if (options.Reasoning == ControlMode.Observe && options.ReasoningView != ReasoningView.Pass)
        {
            exchange.WouldWithhold = options.ReasoningView;
        }

        if (!hides && sealer is null)
        {
            return;
        }

        var view = hides ? options.ReasoningView : ReasoningView.Pass;
        var isSummarized = options.SummarizingModels.Any(pattern => ModelPattern.Matches(pattern, envelope.Model));
        exchange.AnswerFilter = AnswerFilter.Create(envelope.Dialect, new ReasoningRules(view, isSummarized, sealer));
        if (exchange.AnswerFilter is null)
        {
            return;
        }

        if (sealer is not null)
        {
            plan.Changes.Add("sealed:references");
        }

        if (hides)
        {
            plan.Changes.Add(view == ReasoningView.Withheld ? "withheld:reasoning" : "withheld:reasoning_but_summaries");
            ChangeRequest(plan, exchange.Body!.Memory.Span, envelope.Dialect, view, isSummarized);
        }
    }

    private static void ChangeRequest(ControlPlan plan, ReadOnlySpan<byte> body, string dialect, ReasoningView view, bool isSummarized)
    {
        switch (dialect)
        {
            case Dialects.OpenAiChat:
                ChangeMember(plan, body, ["include_reasoning"], "set:include_reasoning=false", static value => IsTrue(value) ? "false" : null);
                ChangeMember(plan, body, ["reasoning"], "set:reasoning.exclude=true", static value => Rewrite(value, ("exclude", "true")));
                break;
            case Dialects.OpenAiResponses when view == ReasoningView.Withheld:
                ChangeMember(plan, body, ["reasoning"], "stripped:reasoning.summary", static value =>
                    Has(value, "summary") || Has(value, "generate_summary") ? Rewrite(value, ("summary", null), ("generate_summary", null)) : null);
                break;
            case Dialects.GeminiGenerate when view == ReasoningView.Withheld || !isSummarized:
                ChangeMember(plan, body, ["generationConfig", "generation_config"], "set:include_thoughts=false", static config =>
                    Inner(config, ["thinkingConfig", "thinking_config"], static thinking => Inner(thinking, ["includeThoughts", "include_thoughts"], static value => IsTrue(value) ? "false" : null)));
                break;
        }
    }

    private static void ChangeMember(ControlPlan plan, ReadOnlySpan<byte> body, string[] names, string word, Change change)
    {
        var range = BodyRewriter.Find(body, names, out var name);
        if (name is not null && change(body[range]) is { } changed)
        {
            plan.Edits[name] = changed;
            plan.Changes.Add(word);
        }
    }

    private static string? Inner(ReadOnlySpan<byte> value, string[] names, Change change)
    {
        var range = BodyRewriter.Find(value, names, out var name);
        return name is not null && change(value[range]) is { } changed ? Rewrite(value, (name, changed)) : null;
    }

    private static string? Rewrite(ReadOnlySpan<byte> value, params ReadOnlySpan<(string Name, string? Value)> edits)
    {
        if (value.IsEmpty || value[0] != (byte)'{')
        {
            return null;
        }

        var all = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, other) in edits)
        {
            all[name] = other;
        }

        return Encoding.UTF8.GetString(BodyRewriter.Rewrite(value, all));
    }

    private static bool Has(ReadOnlySpan<byte> value, string name)
    {
        var range = BodyRewriter.Find(value, [name], out var found);
        return found is not null && !value[range].SequenceEqual("null"u8);
    }

    private static bool IsTrue(ReadOnlySpan<byte> value) => value.SequenceEqual("true"u8);

    private delegate string? Change(ReadOnlySpan<byte> value);
}
