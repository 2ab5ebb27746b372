using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>Adds people on their own accounts.</summary>
internal static class PeopleCast
{
    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("people");
        for (var index = 0; index < count; index++)
        {
            // Some join while the log runs, as in life; most were there before.
            DateTimeOffset? created = chance.Hit(0.15) ? DayRhythm.Human.Draw(composition.Start, composition.End.AddDays(-1), 0, chance) : null;
            var identity = composition.Identities.Draw(new IdentityRequest { NoPayment = chance.Hit(0.4), CreatedAt = created });
            AddPerson(composition, identity, new AccountLabel { Account = "", Kind = "person", Language = Languages.Draw(chance) }, system: null, chance);
        }
    }

    /// <summary>Adds one person under a label of the caller's; the language is the label's.</summary>
    public static void AddPerson(Composition composition, Identity identity, AccountLabel label, string? system, Chance chance)
    {
        var from = composition.FirstActive(identity);
        var script = new PersonScript
        {
            Library = composition.Library,
            Language = label.Language,
            From = from,
            To = composition.End,
            ZoneHours = identity.ZoneHours,
            ConversationCount = PersonScript.DrawConversationCount(composition.FortnightCount, chance),
            System = system,
        };
        composition.Add(identity, label with { Sources = ["chat:" + label.Language] }, from, script.Run);
    }
}
