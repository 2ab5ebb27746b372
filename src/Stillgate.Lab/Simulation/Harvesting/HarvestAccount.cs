using Stillgate.Lab.Simulation.Population;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>A harvesting account over time: its harvest, the ordinary chat that covers it, and its end.</summary>
internal sealed record HarvestAccount
{
    /// <summary>The harvesting requests, without times.</summary>
    public required Func<Chance, IEnumerable<Content>> Harvest { get; init; }

    /// <summary>The language of the cover.</summary>
    public required LanguageTexts Texts { get; init; }

    public required ArrivalShape Shape { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required int LimitCount { get; init; }

    /// <summary>Share of requests that are ordinary chat.</summary>
    public double CoverShare { get; init; }

    public required TextLibrary Library { get; init; }

    /// <summary>From then on every request is refused, and after some tries the account falls silent; null for never.</summary>
    public DateTimeOffset? RefusedFrom { get; init; }

    public IEnumerable<Call> Run(Chance chance)
    {
        using var harvest = Harvest(chance.Fork()).GetEnumerator();
        using var cover = Cover(chance.Fork()).GetEnumerator();
        var triesLeft = chance.Between(2, 9);
        int sent = 0, covered = 0;
        foreach (var at in Shape.Draw(From, To, chance))
        {
            // Steered rather than drawn: short accounts must have the share that their kind claims.
            var isCover = CoverShare > 0 && covered < (CoverShare * (sent + 1)) - chance.Unit();
            var contents = isCover ? cover : harvest;
            if (sent >= LimitCount || !contents.MoveNext())
            {
                yield break;
            }

            sent++;
            covered += isCover ? 1 : 0;
            var refused = at >= RefusedFrom;
            yield return new Call(at, contents.Current) { Status = refused ? 403 : 0 };
            if (refused && --triesLeft == 0)
            {
                yield break;
            }
        }
    }

    private IEnumerable<Content> Cover(Chance chance)
    {
        // Set as a chat client sets them, so that the settings alone do not tell the cover from other people's chat.
        var settings = new RequestSettings { Stream = chance.Hit(0.8), Temperature = chance.Hit(0.2) ? 0.7 : null };
        while (true)
        {
            var dialogue = Library.Pool(TextRole.Chat, Texts.Language, chance).Draw(chance);
            foreach (var content in ConversationScript.Turns(dialogue, system: null, settings, Texts, chance))
            {
                yield return content;
            }
        }
    }
}
