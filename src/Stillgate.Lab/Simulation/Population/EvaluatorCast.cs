using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>Adds evaluators; half carry an <c>evaluation</c> attestation. Public benchmarks are run by many who do not know each other.</summary>
internal static class EvaluatorCast
{
    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("evaluators");
        for (var index = 0; index < count; index++)
        {
            var isJudge = chance.Hit(0.3);
            var language = Languages.Draw(chance);
            var items = composition.Library.Pool(isJudge ? TextRole.Judge : TextRole.Benchmark, language, chance);
            var attested = chance.Hit(0.5);
            var identity = composition.Identities.Draw(new IdentityRequest { IsCompany = true, Attestations = attested ? [Evaluation(composition, index)] : [] });
            var label = new AccountLabel
            {
                Account = "",
                Kind = "evaluator",
                Language = language,
                Style = isJudge ? "judge" : "benchmark",
                Sources = [items.Source],
                // Without the attestation, content cannot tell a benchmark from a prompt list or a judge from a reward model.
                Undecidable = !attested,
            };
            var script = Script(composition, identity, items, language, chance);
            composition.Add(identity, label, script.FirstRun, script.Run);
        }
    }

    private static EvaluatorScript Script(Composition composition, Identity identity, PromptPool items, string language, Chance chance)
    {
        var itemCount = Math.Min(items.Count, chance.LogUniform(100, 1_200));
        var from = composition.FirstActive(identity);
        return new EvaluatorScript
        {
            Items = items,
            Texts = BuiltInTexts.Of(language),
            ItemCount = itemCount,
            // A built-in benchmark is one of three fixed sets; a development source is run from one of its parts.
            FirstItem = items.Count > 100_000 ? chance.Below(3) * 10_000 : chance.Below(3) * (items.Count / 3),
            FirstRun = from.AddHours(chance.Unit() * Math.Min(7 * 24, (composition.End - from).TotalHours * 0.6)),
            To = composition.End,
            Pace = chance.Between(1, 8),
        };
    }

    private static Attestation Evaluation(Composition composition, int index) => new()
    {
        Kind = "evaluation",
        Id = $"eval-{index + 1}",
        ValidFrom = DateOnly.FromDateTime(composition.Start.UtcDateTime).AddDays(-120),
        ValidTo = DateOnly.FromDateTime(composition.Start.UtcDateTime).AddDays(240),
    };
}
