using System.Globalization;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>The harvesting requests of one account: a shard of a prompt list inside a wrapper, endless and without times.</summary>
internal sealed record HarvestScript
{
    /// <summary>Text of the wrapper's message, or null for bare prompts.</summary>
    public SlotText? User { get; init; }

    public SlotText? System { get; init; }

    public required string Style { get; init; }

    public required PromptPool Tasks { get; init; }

    public required LanguageTexts Texts { get; init; }

    public required Shard Shard { get; init; }

    /// <summary>How many times each prompt is asked before the next.</summary>
    public int SamplesPerPrompt { get; init; } = 1;

    public required RequestSettings Settings { get; init; }

    public IEnumerable<Content> Contents(Chance chance)
    {
        foreach (var index in Shard.Indices(Tasks.Count, chance))
        {
            var prompt = Tasks.At(index);
            for (var sample = 0; sample < SamplesPerPrompt; sample++)
            {
                foreach (var content in Style == HarvestStyle.Trajectory ? Episode(prompt, chance) : Single(prompt, index, chance))
                {
                    yield return content;
                }
            }
        }
    }

    private IEnumerable<Content> Single(Prompt prompt, int index, Chance chance)
    {
        // The slots are drawn from the prompt's own index, so that a second sample of a prompt is the same request.
        var messages = Wrap(prompt, Chance.For(index, Texts.Language));
        yield return new Content { Messages = messages, Settings = Settings, Answer = Answer(prompt, chance), ReasoningTokens = Reasoning(chance) };
    }

    private IEnumerable<Content> Episode(Prompt prompt, Chance chance)
    {
        var context = new List<ChatMessage>(Wrap(prompt, chance.Fork()));
        var steps = chance.Between(3, 8);
        for (var step = 0; step < steps; step++)
        {
            var thought = Texts.Passage(chance.Between(1, 4), Texts.Fill("topic", chance), chance);
            var answer = step == steps - 1 ? thought : $"{thought}\n[tool_call] search {Texts.Fill("search", chance)}";
            yield return new Content { Messages = [.. context], Settings = Settings, Answer = answer, ReasoningTokens = Reasoning(chance), Opens = step == 0 };
            context.Add(new ChatMessage("assistant", answer));
            context.Add(new ChatMessage("user", "[tool_result] " + Texts.Passage(chance.Between(1, 4), Texts.Fill("topic", chance), chance)));
        }
    }

    private IReadOnlyList<ChatMessage> Wrap(Prompt prompt, Chance chance)
    {
        if (User is null)
        {
            return prompt.Messages;
        }

        string Fill(string slot) => slot switch
        {
            "task" => prompt.Text,
            "task2" => Tasks.Draw(chance).Text,
            "answer" => prompt.Completion ?? Texts.Answer(chance),
            _ => Texts.Fill(slot, chance),
        };
        var user = new ChatMessage("user", User.Render(Fill));
        return System is null ? [user] : [new ChatMessage("system", System.Render(Fill)), user];
    }

    private string Answer(Prompt prompt, Chance chance) =>
        HarvestStyle.TakesTrace(Style) ? $"{Texts.Answer(chance)}\n{prompt.Completion ?? Texts.Answer(chance)}" : prompt.Completion ?? Texts.Answer(chance);

    private int Reasoning(Chance chance) => HarvestStyle.TakesTrace(Style) ? (int)chance.LogNormal(700, 0.6) : 0;

    /// <summary>Sampling settings as harvests use them: warm, long, no stream.</summary>
    public static RequestSettings DrawSettings(Chance chance) => new()
    {
        Temperature = chance.Pick<double?>([0.7, 0.7, 0.8, 1, 1, null]),
        TopP = chance.Hit(0.3) ? 0.95 : null,
        MaxOutputTokens = chance.Pick<int?>([2048, 4096, 8192, null]),
        Stream = chance.Hit(0.2) ? true : null,
    };
}
