using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>
/// Adds the controls of a ring: 20 to 60 small applications of unrelated owners that started from the same tutorial and kept its
/// prompt. Nothing else is common, and each has its own narrow inputs.
/// </summary>
internal static class FrameworkCast
{
    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("frameworks");
        for (var left = count; left > 0;)
        {
            var size = Math.Min(left, chance.Between(20, 60));
            AddFramework(composition, size, chance);
            left -= size;
        }
    }

    private static void AddFramework(Composition composition, int size, Chance chance)
    {
        var group = composition.NextGroup("framework");
        var texts = BuiltInTexts.Of(Languages.Draw(chance));
        var starter = SlotText.Settle(texts.WithSome(chance.Pick(texts.Starters), texts.Policies, 5, chance), chance);
        // Four in ten tutorials leave nothing to fill in: their users send the same prompt to the letter.
        var verbatim = chance.Hit(0.4) ? starter.Render(slot => texts.Fill(slot, chance)) : null;
        var form = chance.Pick([.. texts.Apps.Where(app => app.Kind is "rag" or "support" or "search" or "summary" or "extraction" or "translation")]);
        for (var index = 0; index < size; index++)
        {
            var identity = composition.Identities.Draw(new IdentityRequest { IsCompany = chance.Hit(0.6) });
            var company = Names.CompanyStem(chance);
            var material = composition.Library.AuthoredApp(texts, form, chance) with
            {
                System = verbatim ?? starter.Render(slot => slot == "company" ? company : texts.Fill(slot, chance)),
            };
            var label = ApplicationCast.Label("framework-app", material) with { Group = group };
            ApplicationCast.AddApp(composition, identity, label, material, Math.Min(2_000, ApplicationCast.DrawVolume(chance)), chance);
        }
    }
}
