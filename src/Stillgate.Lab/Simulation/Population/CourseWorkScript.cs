using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>Submissions of one student under the assignment prompt that the whole class uses.</summary>
internal sealed record CourseWorkScript
{
    public required string Assignment { get; init; }

    public required LanguageTexts Texts { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required int ZoneHours { get; init; }

    public required int SubmissionCount { get; init; }

    public IEnumerable<Call> Run(Chance chance)
    {
        var times = Enumerable.Range(0, SubmissionCount).Select(_ => DayRhythm.Human.Draw(From, To, ZoneHours, chance)).Order().ToArray();
        var topic = Texts.Fill("topic", chance);
        var draft = Texts.Passage(chance.Between(2, 6), topic, chance);
        foreach (var at in times)
        {
            // A student improves one draft, and begins anew now and then.
            draft = chance.Hit(0.3) ? Texts.Passage(chance.Between(3, 8), topic, chance) : $"{draft} {Texts.Passage(1, topic, chance)}";
            yield return new Call(at, new Content
            {
                Messages = [new ChatMessage("user", Assignment + draft)],
                Settings = new RequestSettings { Stream = true },
                Answer = Texts.Answer(chance),
            });
        }
    }
}
