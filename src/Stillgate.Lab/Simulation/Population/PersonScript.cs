using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>
/// A person who chats: heavy-tailed conversations in the hours of the own time zone, gaps with a median of two minutes (middle half
/// 1 to 4.5 minutes), some requests sent again unchanged, the language drawn once and left in 5 to 10 % of conversations.
/// </summary>
internal sealed record PersonScript
{
    private const double GapMedianSeconds = 123;
    private const double GapSigma = 1.0;

    public required TextLibrary Library { get; init; }

    public required string Language { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required int ZoneHours { get; init; }

    public required int ConversationCount { get; init; }

    /// <summary>The prompt of the application through which the person chats, or null for the bare API.</summary>
    public string? System { get; init; }

    /// <summary>Conversations in a log of this length: 4.8 in a fortnight on average, and heavy-tailed.</summary>
    public static int DrawConversationCount(double fortnightCount, Chance chance) =>
        Math.Clamp((int)Math.Round(chance.LogNormal(2.2, 1.25) * fortnightCount), 1, 400);

    public IEnumerable<Call> Run(Chance chance)
    {
        var starts = Enumerable.Range(0, ConversationCount).Select(_ => DayRhythm.Human.Draw(From, To, ZoneHours, chance)).ToArray();
        Array.Sort(starts);
        var switchShare = chance.Between(0.05, 0.10);
        var settings = new RequestSettings { Stream = chance.Hit(0.8), Temperature = chance.Hit(0.2) ? 0.7 : null };
        var last = From;
        foreach (var start in starts)
        {
            var at = start > last ? start : last.AddSeconds(chance.LogNormal(GapMedianSeconds, GapSigma));
            foreach (var content in Conversation(switchShare, settings, chance))
            {
                at = content.Opens ? at : at.AddSeconds(Gap(chance));
                yield return new Call(at, content);
                if (chance.Hit(0.06))
                {
                    at = at.AddSeconds(chance.LogNormal(25, 0.6));
                    yield return new Call(at, content);
                }
            }

            last = at.AddSeconds(1);
        }
    }

    public static double Gap(Chance chance) => 3 + chance.LogNormal(GapMedianSeconds, GapSigma);

    private IEnumerable<Content> Conversation(double switchShare, RequestSettings settings, Chance chance)
    {
        var language = chance.Hit(switchShare) ? Languages.Other(Language, chance) : Language;
        var dialogue = Library.Pool(TextRole.Chat, language, chance).Draw(chance);
        return ConversationScript.Turns(dialogue, System, settings, BuiltInTexts.Of(language), chance);
    }
}
