using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Texts;

/// <summary>The texts that travel with the program, so that a composition works anywhere.</summary>
internal static class BuiltInTexts
{
    private const int Endless = 1 << 28;
    private static readonly Lazy<IReadOnlyList<LanguageTexts>> Loaded = new(LoadAll);

    /// <summary>Every language, the commonest first.</summary>
    public static IReadOnlyList<LanguageTexts> All => Loaded.Value;

    public static LanguageTexts Of(string language) =>
        All.FirstOrDefault(texts => texts.Language == language) ?? throw new SimulationException($"the built-in texts hold no language {language}");

    public static string SourceName(string language) => "builtin:" + language;

    /// <summary>Conversations with their answers; about half have a single turn and four in a hundred more than ten.</summary>
    public static PromptPool Chats(LanguageTexts texts, long seed, string[] taskForms) => Pool(texts, seed, "chats", chance => Chat(texts, taskForms, chance));

    /// <summary>Instruction tasks as one prompt list holds them: some of the authored forms over some of the topics.</summary>
    /// <param name="texts">The language.</param>
    /// <param name="taskForms">The authored forms that this composition may use.</param>
    /// <param name="list">Draws what sets this list apart from another.</param>
    /// <param name="vertical">The only field of the list, or null for any.</param>
    public static PromptPool Tasks(LanguageTexts texts, string[] taskForms, Chance list, string? vertical = null)
    {
        var forms = Some(taskForms, 5, list);
        var topics = vertical is null ? Some([.. texts.Topics, .. texts.Verticals.Values.SelectMany(names => names)], 30, list) : texts.Verticals[vertical];
        return Pool(texts, (long)list.NextBits(), "tasks", chance => Task(texts, forms, topics, chance));
    }

    /// <summary>Questions of an examination.</summary>
    public static PromptPool Quiz(LanguageTexts texts, long seed) =>
        Pool(texts, seed, "quiz", chance => Prompt.OfUser(texts.Render(chance.Pick(texts.Quiz), chance), completion: null));

    /// <summary>Grading requests of an evaluation.</summary>
    public static PromptPool Judgements(LanguageTexts texts, long seed)
    {
        // One evaluation uses one grading form throughout.
        var form = texts.Judges[(int)((ulong)seed % (ulong)texts.Judges.Length)];
        return Pool(texts, seed, "judge", chance => Prompt.OfUser(texts.Render(form, chance), completion: null));
    }

    /// <summary>Inputs of one authored application, in its own wrapping.</summary>
    public static PromptPool Inputs(LanguageTexts texts, AppTemplate template, string[] taskForms, long seed, Chance settle)
    {
        var form = SlotText.Settle(template.User, settle);
        var narrow = settle.Pick([.. texts.Verticals.Values]);
        return Pool(
            texts,
            seed ^ (long)settle.NextBits(),
            template.Kind,
            chance => Prompt.OfUser(
                form.Render(slot => slot switch
                {
                    "topic" when chance.Hit(0.7) => chance.Pick(narrow),
                    "task" => texts.Render(chance.Pick(taskForms), chance),
                    _ => texts.Fill(slot, chance),
                }),
                completion: null));
    }

    private static PromptPool Pool(LanguageTexts texts, long seed, string purpose, Func<Chance, Prompt> write) =>
        new(SourceName(texts.Language), texts.Language, Endless, index => write(Chance.For(seed, texts.Language + purpose, index)));

    private static Prompt Chat(LanguageTexts texts, string[] taskForms, Chance chance)
    {
        var topic = chance.Pick(chance.Hit(0.6) ? texts.Topics : chance.Pick([.. texts.Verticals.Values]));
        string Fill(string slot) => slot == "topic" ? topic : texts.Fill(slot, chance);
        var turns = chance.HeavyTail(1.5, 40);
        // People bring homework and exercises too: an instruction alone is no sign of a harvest.
        var opening = SlotText.Render(chance.Pick(chance.Hit(0.15) ? taskForms : texts.Asks), chance, Fill);
        var closer = chance.Hit(0.5) ? " " + texts.Render(chance.Pick(texts.Closers), chance) : "";
        List<ChatMessage> messages = [new("user", opening + closer)];
        for (var turn = 1; turn < turns; turn++)
        {
            messages.Add(new ChatMessage("assistant", texts.Passage(Math.Clamp((int)chance.LogNormal(3, 0.6), 1, 9), topic, chance)));
            messages.Add(new ChatMessage("user", SlotText.Render(chance.Pick(texts.FollowUps), chance, Fill)));
        }

        return new Prompt(messages, texts.Passage(Math.Clamp((int)chance.LogNormal(3, 0.6), 1, 9), topic, chance));
    }

    private static Prompt Task(LanguageTexts texts, string[] forms, string[] topics, Chance chance)
    {
        var form = chance.Pick(forms);
        var text = SlotText.Render(form, chance, slot => slot is "topic" or "topic2" ? chance.Pick(topics) : texts.Fill(slot, chance));
        // A prompt list holds no prompt twice: forms with few fillings carry some material of their own.
        var isSparse = !form.Contains("{number}", StringComparison.Ordinal) && !form.Contains("{passage}", StringComparison.Ordinal);
        text = isSparse ? $"{text}\n{texts.Passage(chance.Between(1, 2), chance.Pick(topics), chance)}" : text;
        return Prompt.OfUser(text, texts.Passage(Math.Clamp((int)chance.LogNormal(4, 0.5), 1, 12), chance.Pick(topics), chance));
    }

    private static string[] Some(string[] all, int count, Chance chance)
    {
        var shuffled = all.ToArray();
        chance.Shuffle(shuffled);
        return shuffled[..Math.Min(count, shuffled.Length)];
    }

    private static IReadOnlyList<LanguageTexts> LoadAll()
    {
        var assembly = typeof(BuiltInTexts).Assembly;
        return [.. Languages.Table.Select(language => Load(assembly, language.Code)).OfType<LanguageTexts>()];
    }

    private static LanguageTexts? Load(System.Reflection.Assembly assembly, string language)
    {
        using var stream = assembly.GetManifestResourceStream($"Stillgate.Lab.Simulation.Texts.{language}.json");
        return stream is null ? null : JsonSerializer.Deserialize(stream, TextsJson.Default.LanguageTexts);
    }
}
