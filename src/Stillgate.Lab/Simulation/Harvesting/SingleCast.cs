using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>Adds harvesters that work alone: loud ones run flat round the clock, quiet ones come and go behind ordinary chat.</summary>
internal static class SingleCast
{
    private static readonly string[] Styles =
        [HarvestStyle.Generator, HarvestStyle.Evolve, "inline-trace", HarvestStyle.Raw, HarvestStyle.Judge, HarvestStyle.Trajectory, HarvestStyle.Translate, HarvestStyle.Persona];

    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("single-harvesters");
        for (var index = 0; index < count; index++)
        {
            AddOne(composition, isLoud: index % 2 == 0, Styles[index / 2 % Styles.Length], chance);
        }
    }

    private static void AddOne(Composition composition, bool isLoud, string style, Chance chance)
    {
        var texts = BuiltInTexts.Of(Languages.Draw(chance));
        var wrapper = style == HarvestStyle.Raw ? null : composition.Wrappers.Draw(texts, [style], chance);
        var identity = composition.Identities.Draw(new IdentityRequest { IsCompany = chance.Hit(0.4) });
        var tasks = composition.Library.Pool(TextRole.Harvest, texts.Language, chance);
        var days = isLoud ? chance.Between(2.0, 6.0) : chance.Between(5.0, composition.Options.Days);
        var from = composition.FirstActive(identity).AddHours(chance.Unit() * Math.Max(1, ((composition.Options.Days - days) * 24) - 12));
        var perDay = isLoud ? chance.LogUniform(250, 860) : chance.LogUniform(30, 120);
        var samples = style == HarvestStyle.Raw ? chance.Between(2, 8) : 1;
        var account = new HarvestAccount
        {
            Library = composition.Library,
            Texts = texts,
            Harvest = Script(wrapper, wrapper?.Style ?? style, tasks, texts, samples, chance).Contents,
            From = from,
            To = Earlier(composition.End, from.AddDays(days)),
            LimitCount = 3_000,
            CoverShare = isLoud ? 0 : chance.Between(0.3, 0.7),
            Shape = isLoud
                ? LoudShape(composition, perDay, chance)
                : new ArrivalShape { PerDay = perDay, Cv = chance.Between(1.1, 3.0), OnShare = chance.Between(0.1, 0.6), Rhythm = DayRhythm.Human, ZoneHours = identity.ZoneHours },
        };
        composition.Add(identity, Label(isLoud, wrapper, style, tasks, texts), from, account.Run);
    }

    // The contrasting style has loops that wait for nothing and several of them at once, beside those that keep to a schedule.
    private static ArrivalShape LoudShape(Composition composition, double perDay, Chance chance) => composition.Options.Style == CompositionStyle.Contrast
        ? new ArrivalShape { PerDay = chance.LogUniform(300, 20_000), Cv = chance.Between(0.3, 1.4), OnShare = chance.Hit(0.7) ? 1 : 0.8, Rhythm = DayRhythm.Flat }
        : new ArrivalShape { PerDay = perDay, Cv = chance.Between(0.05, 0.5), OnShare = 1, Rhythm = DayRhythm.Flat };

    private static HarvestScript Script(Wrapper? wrapper, string style, PromptPool tasks, LanguageTexts texts, int samples, Chance chance)
    {
        var settled = wrapper is null ? null : SettledWrapper.Draw(wrapper, texts, chance);
        return new HarvestScript
        {
            User = settled?.User,
            System = settled?.System,
            Style = style,
            Tasks = tasks,
            Texts = texts,
            Shard = new Shard(0, 1, chance.Below(tasks.Count)),
            SamplesPerPrompt = samples,
            Settings = HarvestScript.DrawSettings(chance),
        };
    }

    private static AccountLabel Label(bool isLoud, Wrapper? wrapper, string style, PromptPool tasks, LanguageTexts texts) => new()
    {
        Account = "",
        Kind = isLoud ? "harvester-loud" : "harvester-quiet",
        Harvest = true,
        Style = wrapper?.Style ?? style,
        Language = texts.Language,
        Sources = [tasks.Source],
        Wrapper = wrapper?.Id,
        Undecidable = style is HarvestStyle.Raw or HarvestStyle.Judge or HarvestStyle.Translate,
    };

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
