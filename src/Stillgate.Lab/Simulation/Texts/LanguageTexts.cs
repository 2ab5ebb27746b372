namespace Stillgate.Lab.Simulation.Texts;

/// <summary>The built-in texts of one language: lists that multiply out to many thousands of distinct prompts.</summary>
internal sealed record LanguageTexts
{
    public required string Language { get; init; }

    public required string[] Topics { get; init; }

    /// <summary>Narrow fields, each with its own topics.</summary>
    public required Dictionary<string, string[]> Verticals { get; init; }

    public required string[] Personas { get; init; }

    public required string[] Asks { get; init; }

    public required string[] FollowUps { get; init; }

    public required string[] Closers { get; init; }

    public required string[] Sentences { get; init; }

    public required string[] Support { get; init; }

    public required string[] Voice { get; init; }

    public required string[] Search { get; init; }

    public required AppTemplate[] Apps { get; init; }

    public required string[] Policies { get; init; }

    public required string[] Tasks { get; init; }

    public required string[] Quiz { get; init; }

    public required string[] Judges { get; init; }

    public required string[] Assignments { get; init; }

    public required string[] Starters { get; init; }

    /// <summary>Sentences that harvesters add to a wrapper, each ring its own.</summary>
    public required string[] Directives { get; init; }

    public required Wrapper[] Wrappers { get; init; }

    /// <summary>Whether a token covers about one and a half characters instead of four.</summary>
    public bool IsDense => Language is "zh" or "ja" or "ko";

    /// <summary>Fills the slots that every authored text may use.</summary>
    public string Fill(string slot, Chance chance) => slot switch
    {
        "topic" => chance.Pick(Topics),
        "topic2" => chance.Pick(Topics),
        "persona" => chance.Pick(Personas),
        "n" => chance.Between(2, 12).ToString(System.Globalization.CultureInfo.InvariantCulture),
        "number" => chance.Between(10, 9_999).ToString(System.Globalization.CultureInfo.InvariantCulture),
        "ask" or "question" => Render(chance.Pick(Asks), chance),
        "support" => Render(chance.Pick(Support), chance),
        "voice" => Render(chance.Pick(Voice), chance),
        "search" => Render(chance.Pick(Search), chance),
        "task" or "task2" => Render(chance.Pick(Tasks), chance),
        "sentence" => Render(chance.Pick(Sentences), chance),
        "passage" => Passage(chance.Between(2, 6), chance.Pick(Topics), chance),
        "passage2" => Passage(chance.Between(2, 6), chance.Pick(Topics), chance),
        "answer" or "answer2" => Answer(chance),
        "company" => Identities.Names.CompanyStem(chance),
        "code" => CodeSnippets.Draw(chance),
        _ => throw new InvalidOperationException($"built-in texts, {Language}: unknown slot {slot}"),
    };

    /// <summary>A text followed by some of the sentences of a list, in an order of this user's own.</summary>
    public string WithSome(string text, IReadOnlyList<string> sentences, int count, Chance chance)
    {
        var own = sentences.ToArray();
        chance.Shuffle(own);
        return string.Join(IsDense ? "" : " ", own.Take(count).Prepend(text));
    }

    public string Render(string text, Chance chance) => SlotText.Render(text, chance, slot => Fill(slot, chance));

    /// <summary>Some authored sentences about a topic; stands for an answer or a document.</summary>
    public string Passage(int sentences, string topic, Chance chance)
    {
        var text = new System.Text.StringBuilder();
        for (var index = 0; index < sentences; index++)
        {
            if (index > 0 && !IsDense)
            {
                text.Append(' ');
            }

            var sentence = SlotText.Render(chance.Pick(Sentences), chance, slot => slot == "topic" ? topic : Fill(slot, chance));
            text.Append(Vocabulary.Of(this).Vary(sentence, chance));
        }

        return text.ToString();
    }

    /// <summary>Filler of about the length of a real answer: median four sentences, heavy to the right.</summary>
    public string Answer(Chance chance) => Passage(Math.Clamp((int)chance.LogNormal(4, 0.7), 1, 16), chance.Pick(Topics), chance);
}
