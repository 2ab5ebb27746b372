using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>
/// Adds organisations: 20 to 200 accounts behind one card, one mail domain and one address, most of them people, some internal
/// applications, all inside the organisation's own wrapper.
/// </summary>
internal static class EnterpriseCast
{
    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("enterprises");
        for (var left = count; left > 0;)
        {
            var size = Math.Min(left, chance.LogUniform(20, 200));
            AddOrganization(composition, size, chance);
            left -= size;
        }
    }

    private static void AddOrganization(Composition composition, int size, Chance chance)
    {
        var group = composition.NextGroup("org");
        var company = Names.CompanyStem(chance);
        var texts = BuiltInTexts.Of(Languages.Draw(chance));
        var wrapper = InternalWrapper(texts, company, chance);
        var software = ClientSoftware.Kit(chance);
        var rollOut = composition.Start.AddDays(-chance.Exponential(120));
        var request = new IdentityRequest
        {
            // Three in ten never told the host that their accounts belong together: an agency, a practice, a family firm.
            Organization = chance.Hit(0.3) ? null : group,
            Domain = Names.Domain(company),
            PaymentFingerprint = composition.Identities.NewFingerprint(),
            Bin = composition.Identities.NewBin(),
            Plan = "business",
            Software = software,
            Addresses = [Addresses.Gateway(chance)],
        };
        for (var index = 0; index < size; index++)
        {
            var identity = composition.Identities.Draw(request with { CreatedAt = rollOut.AddHours(chance.Exponential(24 * 14)) });
            var language = chance.Hit(0.85) ? texts.Language : "en";
            var label = new AccountLabel { Account = "", Kind = "enterprise", Group = group, Language = language };
            if (chance.Hit(0.12))
            {
                AddInternalApp(composition, identity, label, wrapper, chance);
            }
            else
            {
                PeopleCast.AddPerson(composition, identity, label with { Style = "person" }, wrapper, chance);
            }
        }
    }

    private static void AddInternalApp(Composition composition, Identity identity, AccountLabel label, string wrapper, Chance chance)
    {
        var texts = BuiltInTexts.Of(label.Language);
        var material = composition.Library.AuthoredApp(texts, chance.Pick(texts.Apps), chance);
        var inside = material with { System = wrapper + "\n" + material.System };
        ApplicationCast.AddApp(
            composition, identity, label with { Style = material.Kind, Sources = [material.Inputs.Source] }, inside, ApplicationCast.DrawVolume(chance) / 2, chance);
    }

    private static string InternalWrapper(LanguageTexts texts, string company, Chance chance)
    {
        var role = SlotText.Render(chance.Pick(texts.Starters), chance, slot => slot == "company" ? company : texts.Fill(slot, chance));
        return texts.WithSome(role, texts.Policies, 4, chance);
    }
}
