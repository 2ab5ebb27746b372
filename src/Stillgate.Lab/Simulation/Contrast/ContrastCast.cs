using Stillgate.Lab.Simulation.Harvesting;
using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Population;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Contrast;

/// <summary>Fills a composition of the contrasting style.</summary>
internal static class ContrastCast
{
    private const int AccountsAtScaleOne = 10_000;
    private const double SingleShare = 0.3;
    private const int HeavyCountAtScaleOne = 600_000;

    public static void Fill(Composition composition)
    {
        var total = (int)Math.Round(AccountsAtScaleOne * composition.Options.Scale);
        var harvesting = (int)Math.Round(total * composition.Options.HarvestShare);
        int Share(double share) => (int)Math.Round((total - harvesting) * share);

        AddPeople(composition, Share(0.33));
        AddCampus(composition, Share(0.10));
        ContrastApps.Add(composition, Share(0.24));
        ContrastApps.AddFramework(composition, Share(0.12));
        ContrastEvaluators.Add(composition, Share(0.05));
        EnterpriseCast.Add(composition, Share(0.08));
        DeveloperCast.Add(composition, Share(0.06));
        ResellerCast.Add(composition, Math.Max(1, Share(0.003)));
        ContrastApps.AddHeavy(composition, (int)(HeavyCountAtScaleOne * Math.Min(1, composition.Options.Scale)));

        var singles = (int)Math.Round(harvesting * SingleShare);
        new RingCast(composition).Add(harvesting - singles);
        SingleCast.Add(composition, singles);
    }

    // A third of them only look in: a handful of exchanges is all there ever is.
    private static void AddPeople(Composition composition, int count)
    {
        var chance = composition.ChanceFor("contrast-people");
        for (var index = 0; index < count; index++)
        {
            var identity = composition.Identities.Draw(new IdentityRequest { NoPayment = chance.Hit(0.7) });
            AddPerson(composition, identity, new AccountLabel { Account = "", Kind = "person", Language = Languages.Draw(chance) }, chance.Hit(0.33) ? 1 : chance.HeavyTail(0.8, 300));
        }
    }

    // All of a campus behind one address, no cards, no addresses of their own.
    private static void AddCampus(Composition composition, int count)
    {
        var chance = composition.ChanceFor("contrast-campus");
        var group = composition.NextGroup("campus");
        var language = Languages.Draw(chance);
        string[] gateway = [Addresses.Gateway(chance)];
        for (var index = 0; index < count; index++)
        {
            var identity = composition.Identities.Draw(new IdentityRequest { NoPayment = true, Addresses = gateway, CreatedAt = composition.Start.AddHours(chance.Unit() * 72), Domain = "student.example" });
            AddPerson(composition, identity, new AccountLabel { Account = "", Kind = "campus", Group = group, Language = chance.Hit(0.8) ? language : "en" }, chance.HeavyTail(0.9, 60));
        }
    }

    private static void AddPerson(Composition composition, Identity identity, AccountLabel label, int conversationCount)
    {
        var script = new PersonScript
        {
            Library = composition.Library,
            Language = label.Language,
            From = composition.FirstActive(identity),
            To = composition.End,
            ZoneHours = identity.ZoneHours,
            ConversationCount = conversationCount,
        };
        composition.Add(identity, label with { Sources = ["chat:" + label.Language] }, script.From, script.Run);
    }
}
