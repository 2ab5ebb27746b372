using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>
/// Adds campuses: many people behind a translating address and one mail domain, registered in a burst when the term starts, and in
/// each a class of 30 to 150 who all use the same assignment prompt within days.
/// </summary>
internal static class CampusCast
{
    private const int CampusMax = 1_500;

    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("campuses");
        for (var left = count; left > 0;)
        {
            var size = Math.Min(left, chance.LogUniform(60, CampusMax));
            AddCampus(composition, size, chance);
            left -= size;
        }
    }

    private static void AddCampus(Composition composition, int size, Chance chance)
    {
        var group = composition.NextGroup("campus");
        var texts = BuiltInTexts.Of(Languages.Draw(chance));
        var domain = Names.Domain(Names.CompanyStem(chance) + "-university");
        string[] gateways = [.. Enumerable.Range(0, chance.Between(1, 3)).Select(_ => Addresses.Gateway(chance))];
        var termStart = composition.Start.AddDays(chance.Between(-30.0, composition.Options.Days * 0.2));
        var classSize = Math.Min(size * 3 / 4, chance.Between(30, 150));
        var assignment = SlotText.Settle(chance.Pick(texts.Assignments), chance).Render(slot => texts.Fill(slot, chance));
        var assignedAt = Composition.Later(composition.Start, termStart.AddDays(3)).AddDays(chance.Between(0.5, Math.Max(0.6, composition.Options.Days * 0.4)));
        for (var index = 0; index < size; index++)
        {
            var identity = composition.Identities.Draw(new IdentityRequest
            {
                Domain = chance.Hit(0.85) ? domain : null,
                NoPayment = chance.Hit(0.9),
                CreatedAt = termStart.AddHours(chance.Gamma(2, 24)),
                Addresses = chance.Hit(0.6) ? [chance.Pick(gateways), Addresses.Home(chance)] : [chance.Pick(gateways)],
                Plan = "free",
            });
            var label = new AccountLabel { Account = "", Kind = "campus", Group = group, Language = chance.Hit(0.85) ? texts.Language : "en" };
            if (index < classSize)
            {
                AddStudent(composition, identity, label with { Style = "class", Language = texts.Language }, assignment, assignedAt, chance);
            }
            else
            {
                PeopleCast.AddPerson(composition, identity, label with { Style = "person" }, system: null, chance);
            }
        }
    }

    // A student of the class: the assignment prompt five to thirty times in the days before it is due, and chats besides.
    private static void AddStudent(Composition composition, Identity identity, AccountLabel label, string assignment, DateTimeOffset assignedAt, Chance chance)
    {
        var from = composition.FirstActive(identity);
        var workFrom = Composition.Later(from, assignedAt);
        var person = new PersonScript
        {
            Library = composition.Library,
            Language = label.Language,
            From = from,
            To = composition.End,
            ZoneHours = identity.ZoneHours,
            ConversationCount = chance.Between(0, 5),
        };
        var work = new CourseWorkScript
        {
            Assignment = assignment,
            Texts = BuiltInTexts.Of(label.Language),
            From = workFrom,
            To = workFrom.AddDays(5),
            ZoneHours = identity.ZoneHours,
            SubmissionCount = chance.Between(5, 30),
        };
        composition.Add(
            identity, label with { Sources = ["chat:" + label.Language, BuiltInTexts.SourceName(label.Language)] }, from, draws => CallMerge.ByTime(person.Run(draws.Fork()), work.Run(draws.Fork())));
    }
}
