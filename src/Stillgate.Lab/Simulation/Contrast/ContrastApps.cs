using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Population;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Contrast;

/// <summary>
/// Applications of the contrasting style: each request by itself, over subjects as broad as their users, some asking in words that
/// harvests use, half of them without a system prompt.
/// </summary>
internal static class ContrastApps
{
    private const int Endless = 1 << 24;

    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("contrast-apps");
        for (var index = 0; index < count; index++)
        {
            var identity = composition.Identities.Draw(new IdentityRequest { IsCompany = chance.Hit(0.7), CreatedAt = chance.Hit(0.2) ? composition.Start.AddHours(chance.Unit() * 24 * composition.Options.Days * 0.5) : null });
            var material = Material(composition, Languages.Draw(chance), chance);
            AddApp(composition, identity, ApplicationCast.Label("application", material), material, chance.LogUniform(10, 6_000), chance);
        }
    }

    /// <summary>One translation customer with as many exchanges as all others together.</summary>
    public static void AddHeavy(Composition composition, int exchangeCount)
    {
        var chance = composition.ChanceFor("contrast-heavy");
        var texts = BuiltInTexts.Of("en");
        var material = composition.Library.AuthoredApp(texts, texts.Apps.First(app => app.Kind == "translation"), chance);
        var identity = composition.Identities.Draw(new IdentityRequest { IsCompany = true });
        AddApp(composition, identity, ApplicationCast.Label("application", material) with { Style = "giant-translation" }, material, exchangeCount, chance);
    }

    /// <summary>Unrelated customers on one framework's prompt, word for word.</summary>
    public static void AddFramework(Composition composition, int count)
    {
        var chance = composition.ChanceFor("contrast-framework");
        var group = composition.NextGroup("framework");
        var language = Languages.Draw(chance);
        var system = ContrastTexts.Of(language).Framework;
        for (var index = 0; index < count; index++)
        {
            var identity = composition.Identities.Draw(new IdentityRequest { IsCompany = chance.Hit(0.6) });
            var material = Material(composition, language, chance) with { System = system };
            AddApp(composition, identity, ApplicationCast.Label("framework-app", material) with { Group = group }, material, chance.LogUniform(5, 3_000), chance);
        }
    }

    private static void AddApp(Composition composition, Identity identity, AccountLabel label, AppMaterial material, int exchangesInTwoWeeks, Chance chance)
    {
        var script = new AppScript
        {
            Material = material,
            Texts = BuiltInTexts.Of(label.Language),
            From = composition.FirstActive(identity),
            To = composition.End,
            LimitCount = (int)(exchangesInTwoWeeks * composition.FortnightCount) + 1,
            Shape = Shape(exchangesInTwoWeeks / 14.0 * 1.3, chance),
        };
        composition.Add(identity, label, script.From, script.Run);
    }

    private static ArrivalShape Shape(double perDay, Chance chance) => new()
    {
        PerDay = perDay,
        Cv = Math.Exp(chance.Between(Math.Log(0.3), Math.Log(6))),
        OnShare = chance.Hit(0.3) ? 1 : chance.Between(0.02, 0.9),
        Rhythm = chance.Pick([DayRhythm.Flat, DayRhythm.Service, DayRhythm.Human]),
        ZoneHours = chance.Between(-8, 9),
    };

    private static AppMaterial Material(Composition composition, string language, Chance chance)
    {
        var texts = BuiltInTexts.Of(language);
        var forms = ContrastTexts.Of(language);
        var company = Names.CompanyStem(chance);
        // Six in ten programs have rules of their own beside the prompt that is public property; the others copied it to the letter.
        var rules = chance.Hit(0.6) ? texts.WithSome("", texts.Policies, chance.Between(2, 6), chance).Trim() + "\n" : "";
        string Fixed(string form) => rules + SlotText.Render(form, chance, slot => slot == "company" ? company : texts.Fill(slot, chance));
        var chats = composition.Library.Pool(TextRole.Chat, language, chance);
        var tasks = composition.Library.TaskForms(texts);
        var field = chance.Pick([.. texts.Verticals.Values]);
        return chance.Weighted([0.34, 0.16, 0.06, 0.08, 0.36]) switch
        {
            0 => Program("assistant", Fixed(forms.Assistant), Inputs(chats, First), batch: false, chance),
            1 => Program("writer", Fixed(forms.Writer), Authored(texts, draws => draws.Pick(texts.Topics) + ", " + draws.Pick(field)), batch: true, chance),
            2 => Program("quiz", Fixed(forms.Quiz), Authored(texts, draws => draws.Pick(field) + ". " + texts.Render(draws.Pick(texts.Sentences), draws)), chance.Hit(0.5), chance),
            3 => Program("tutor", Fixed(forms.Tutor), Authored(texts, draws => texts.Render(draws.Pick(tasks), draws)), batch: false, chance),
            _ => Program("moderation", Fixed(forms.Moderator), Inputs(chats, First), batch: true, chance),
        };
    }

    // Half of the programs put their instruction before the input instead of into a system prompt.
    private static AppMaterial Program(string kind, string instruction, PromptPool inputs, bool batch, Chance chance) => chance.Hit(0.5)
        ? new AppMaterial(kind, instruction, batch, inputs)
        : new AppMaterial(kind, System: null, batch, Inputs(inputs, prompt => instruction + "\n" + prompt.Text));

    private static PromptPool Inputs(PromptPool pool, Func<Prompt, string> text) =>
        pool with { At = index => Prompt.OfUser(text(pool.At(index)), pool.At(index).Completion) };

    private static string First(Prompt prompt) => prompt.Messages.First(message => message.Role == "user").Content;

    private static PromptPool Authored(LanguageTexts texts, Func<Chance, string> write) =>
        new(BuiltInTexts.SourceName(texts.Language), texts.Language, Endless, index => Prompt.OfUser(write(Chance.For(index, "contrast" + texts.Language))));
}
