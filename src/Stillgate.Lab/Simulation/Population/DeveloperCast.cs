using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>Adds developers who share a handful of popular harnesses and nothing else.</summary>
internal static class DeveloperCast
{
    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("developers");
        for (var index = 0; index < count; index++)
        {
            var harness = Harness.Popular[chance.ZipfRank(Harness.Popular.Count)];
            var identity = composition.Identities.Draw(new IdentityRequest());
            var language = Languages.Draw(chance);
            var label = new AccountLabel { Account = "", Kind = "developer", Language = language, Style = harness.Name, Sources = [BuiltInTexts.SourceName(language)] };
            composition.Add(identity, label, composition.FirstActive(identity), Script(composition, identity, harness, language, chance).Run);
        }
    }

    public static DeveloperScript Script(Composition composition, Identity identity, Harness harness, string language, Chance chance) => new()
    {
        Harness = harness,
        Texts = BuiltInTexts.Of(language),
        From = composition.FirstActive(identity),
        To = composition.End,
        ZoneHours = identity.ZoneHours,
        Rhythm = composition.Options.Style == CompositionStyle.Contrast && chance.Hit(0.4) ? DayRhythm.Flat : DayRhythm.Human,
        SessionCount = Math.Clamp((int)Math.Round(chance.LogNormal(9, 0.9) * composition.FortnightCount), 1, 200),
    };
}
