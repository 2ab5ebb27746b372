using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>
/// Adds hackathons: accounts that all open within a day, on one network, with the same starter-kit prompt, and work through one
/// weekend; each team on its own idea.
/// </summary>
internal static class HackathonCast
{
    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("hackathons");
        for (var left = count; left > 0;)
        {
            var size = Math.Min(left, chance.Between(20, 80));
            AddHackathon(composition, size, chance);
            left -= size;
        }
    }

    private static void AddHackathon(Composition composition, int size, Chance chance)
    {
        var group = composition.NextGroup("hackathon");
        var texts = BuiltInTexts.Of(Languages.Draw(chance));
        var opening = composition.Start.AddDays(chance.Unit() * Math.Max(0.1, composition.Options.Days - 3));
        var starter = SlotText.Settle(texts.WithSome(chance.Pick(texts.Starters), texts.Policies, 5, chance), chance);
        var verbatim = chance.Hit(0.4) ? starter.Render(slot => texts.Fill(slot, chance)) : null;
        string[] gateways = [.. Enumerable.Range(0, chance.Between(1, 3)).Select(_ => Addresses.Gateway(chance))];
        var software = ClientSoftware.Kit(chance);
        for (var index = 0; index < size; index++)
        {
            var created = opening.AddHours(chance.Gamma(2, 3));
            var identity = composition.Identities.Draw(new IdentityRequest
            {
                CreatedAt = created,
                NoPayment = true,
                Plan = "free",
                Addresses = [chance.Pick(gateways)],
                Software = chance.Hit(0.8) ? software : null,
            });
            var company = Names.CompanyStem(chance);
            var material = composition.Library.AuthoredApp(texts, chance.Pick(texts.Apps), chance) with
            {
                System = verbatim ?? starter.Render(slot => slot == "company" ? company : texts.Fill(slot, chance)),
                Batch = false,
            };
            var script = new AppScript
            {
                Material = material,
                Texts = texts,
                From = created.AddMinutes(20),
                To = opening.AddHours(48),
                LimitCount = 500,
                Shape = new ArrivalShape { PerDay = chance.LogUniform(20, 200), Cv = 2, OnShare = 0.5, Rhythm = DayRhythm.Human, ZoneHours = identity.ZoneHours },
            };
            composition.Add(identity, ApplicationCast.Label("hackathon", material) with { Group = group }, script.From, script.Run);
        }
    }
}
