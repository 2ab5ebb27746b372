using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>An evaluator: a whole benchmark in order, one to eight requests at a time, silence, and the same again a week later.</summary>
internal sealed record EvaluatorScript
{
    public required PromptPool Items { get; init; }

    public required LanguageTexts Texts { get; init; }

    public required int ItemCount { get; init; }

    public required int FirstItem { get; init; }

    public required DateTimeOffset FirstRun { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Requests at a time; below one, the harness waits between them.</summary>
    public required double Pace { get; init; }

    public IEnumerable<Call> Run(Chance chance)
    {
        var settings = new RequestSettings { Temperature = 0, MaxOutputTokens = chance.Pick<int?>([16, 256, 1024, 2048]), Logprobs = chance.Hit(0.2) ? true : null };
        for (var run = FirstRun; run < To; run = run.AddDays(7).AddMinutes(chance.Between(-90.0, 90.0)))
        {
            var at = run;
            for (var item = 0; item < ItemCount; item++)
            {
                at = at.AddSeconds(chance.LogNormal(5, 0.6) / Pace);
                if (at >= To)
                {
                    yield break;
                }

                var prompt = Items.At((FirstItem + item) % Items.Count);
                var content = new Content { Messages = prompt.Messages, Settings = settings, Answer = prompt.Completion ?? Texts.Answer(chance) };
                yield return new Call(at, content);
            }
        }
    }
}
