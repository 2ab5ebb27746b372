using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>Adds applications, and one giant among them.</summary>
internal static class ApplicationCast
{
    private const int LimitCount = 12_000;

    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("applications");
        for (var index = 0; index < count; index++)
        {
            var identity = composition.Identities.Draw(new IdentityRequest { IsCompany = true });
            var language = Languages.Draw(chance);
            var material = composition.Library.App(language, chance);
            AddApp(composition, identity, Label("application", material), material, DrawVolume(chance), chance);
        }

        if (count > 0)
        {
            AddGiant(composition, chance);
        }
    }

    /// <summary>Adds one application under a label of the caller's.</summary>
    public static void AddApp(
        Composition composition, Identity identity, AccountLabel label, AppMaterial material, double exchangesInTwoWeeks, Chance chance)
    {
        var from = composition.FirstActive(identity);
        composition.Add(identity, label, from, Script(composition, identity, label.Language, material, exchangesInTwoWeeks, chance).Run);
    }

    public static AppScript Script(
        Composition composition, Identity identity, string language, AppMaterial material, double exchangesInTwoWeeks, Chance chance) => new()
        {
            Material = material,
            Texts = BuiltInTexts.Of(language),
            From = composition.FirstActive(identity),
            To = composition.End,
            LimitCount = (int)(exchangesInTwoWeeks * composition.FortnightCount * 2) + 1,
            Shape = DrawShape(exchangesInTwoWeeks / 14, material.Batch, identity.ZoneHours, chance),
        };

    public static AccountLabel Label(string kind, AppMaterial material) => new()
    {
        Account = "",
        Kind = kind,
        Language = material.Inputs.Language,
        Style = material.Kind,
        Sources = [material.Inputs.Source],
    };

    /// <summary>Volumes of two weeks: top-heavy as the published client pools (top tenth holds about two thirds).</summary>
    public static double DrawVolume(Chance chance) => Math.Min(LimitCount, 45 * Math.Pow(1 - chance.Unit(), -1 / 1.15));

    private static ArrivalShape DrawShape(double perDay, bool batch, int zoneHours, Chance chance) => new()
    {
        PerDay = perDay,
        // A third of batches run evenly round the clock: even pacing alone convicts nobody.
        Cv = batch && chance.Hit(0.35) ? chance.Between(0.1, 0.6) : Math.Clamp(chance.LogNormal(1.3, 0.45), 1.0, 6),
        OnShare = Math.Clamp(Math.Pow(chance.Unit(), 1.3), 0.02, 0.98),
        Rhythm = batch ? DayRhythm.Flat : DayRhythm.Service,
        ZoneHours = zoneHours,
    };

    // One translation customer with half of a model's requests must stay unflagged, however large its share.
    private static void AddGiant(Composition composition, Chance chance)
    {
        var texts = BuiltInTexts.Of("en");
        var material = composition.Library.AuthoredApp(texts, texts.Apps.First(app => app.Kind == "translation"), chance);
        var identity = composition.Identities.Draw(new IdentityRequest
        {
            IsCompany = true,
            Plan = "business",
            Models = new ModelHabit("m-small", composition.Identities.Launch, SwitchAt: null, SwitchShare: 0),
        });
        var volume = 200_000 * Math.Min(1, composition.Options.Scale);
        AddApp(composition, identity, Label("application", material) with { Style = "giant-translation" }, material, volume, chance);
    }
}
