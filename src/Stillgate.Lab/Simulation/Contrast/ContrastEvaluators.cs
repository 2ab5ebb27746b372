using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Population;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Contrast;

/// <summary>
/// Evaluators of the contrasting style: benchmarks asked with reasoning first, and grading; one in five attested. A run takes minutes
/// or, where a harness is throttled, most of a day.
/// </summary>
internal static class ContrastEvaluators
{
    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("contrast-evaluators");
        for (var index = 0; index < count; index++)
        {
            AddOne(composition, index, chance);
        }
    }

    private static void AddOne(Composition composition, int index, Chance chance)
    {
        var language = Languages.Draw(chance);
        var isJudge = chance.Hit(0.25);
        var items = composition.Library.Pool(isJudge ? TextRole.Judge : TextRole.Benchmark, language, chance);
        if (!isJudge && chance.Hit(0.7))
        {
            var form = ContrastTexts.Of(language).Benchmark;
            items = items with { At = Reasoned(items, form) };
        }

        var attested = chance.Hit(0.2);
        var identity = composition.Identities.Draw(new IdentityRequest
        {
            IsCompany = chance.Hit(0.5),
            Attestations = attested ? [new Attestation { Kind = "evaluation", Id = $"c-eval-{index + 1}" }] : [],
        });
        var script = new EvaluatorScript
        {
            Items = items,
            Texts = BuiltInTexts.Of(language),
            ItemCount = Math.Min(items.Count, chance.LogUniform(40, 3_000)),
            FirstItem = 0,
            FirstRun = composition.FirstActive(identity).AddHours(chance.Unit() * 24 * composition.Options.Days * 0.6),
            To = composition.End,
            // Below one, the harness waits between requests.
            Pace = chance.Hit(0.3) ? chance.Between(0.05, 0.5) : chance.Between(1.0, 16.0),
        };
        composition.Add(
            identity,
            new AccountLabel { Account = "", Kind = "evaluator", Language = language, Style = isJudge ? "judge" : "benchmark", Sources = [items.Source], Undecidable = !attested },
            script.FirstRun,
            script.Run);
    }

    private static Func<int, Prompt> Reasoned(PromptPool items, string form) => index =>
    {
        var item = items.At(index);
        return item with { Messages = [.. item.Messages.SkipLast(1), item.Messages[^1] with { Content = form + item.Text }] };
    };
}
