using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>
/// Cues on the prompts of a writer who knew neither the lexicon nor the prompts that the model of wording was taught by (<c>Elicitation/Blind/*.txt</c>): four a family and
/// language, twelve families. Nobody chose anything by them; docs/decisions/0082 has what was found. Floors stand a little below it.
/// </summary>
public sealed class BlindElicitationTests
{
    private static readonly Lazy<IReadOnlyList<ElicitationPrompt>> Prompts = new(() => ElicitationPrompt.ReadAll("Blind"));

    private static string Asking => Prompts.Value.First(prompt => prompt is { Language: "en", Family: "InlineTrace", GivesItsCue: true }).Text;

    [Theory]
    [InlineData("Rationale", 30)]
    [InlineData("InlineTrace", 37)]
    [InlineData("DebugPretence", 38)]
    [InlineData("FalseAuthority", 36)]
    [InlineData("TaskLaundering", 36)]
    [InlineData("TraceLanguage", 38)]
    [InlineData("TaskGeneration", 30)]
    [InlineData("PromptEvolution", 29)]
    [InlineData("Trajectory", 33)]
    [InlineData("TraceCleaning", 34)]
    [InlineData("Persona", 29)]
    [InlineData("PairRewriting", 32)]
    public void Sketch_PromptsOfAFamily_GiveACueOftenEnough(string family, int floor)
    {
        var asked = Prompts.Value.Where(prompt => prompt.Family == family).ToList();

        var found = asked.Count(prompt => prompt.GivesAnElicitationCue);

        Assert.Equal(40, asked.Count);
        Assert.True(found >= floor, $"{family}: {found} of 40 give a cue (at least {floor}), {asked.Count(prompt => prompt.GivesItsCue)} their family's");
    }

    [Theory]
    [MemberData(nameof(ElicitationPrompt.Languages), MemberType = typeof(ElicitationPrompt))]
    public void Sketch_PromptsOfALanguage_AreFoundInTwoOfThree(string language)
    {
        var asked = Prompts.Value.Where(prompt => prompt.Language == language && !prompt.IsInnocent).ToList();

        var found = asked.Count(prompt => prompt.GivesAnElicitationCue);

        Assert.Equal(48, asked.Count);
        Assert.True(found * 3 >= asked.Count * 2, $"{language}: {found} of {asked.Count}");
    }

    [Fact]
    public void Sketch_InnocentPrompts_GiveNoMoreCuesThanMeasured()
    {
        var innocent = Prompts.Value.Where(prompt => prompt.IsInnocent).ToList();

        var flagged = innocent.Count(prompt => prompt.GivesAnElicitationCue);

        Assert.Equal(120, innocent.Count);
        Assert.True(flagged <= 11, $"{flagged} of {innocent.Count}");
    }

    [Fact]
    public void Sketch_WordingAtEitherEndOfALongText_IsSeenAndInFencedCodeIsNot()
    {
        var material = string.Join(' ', Enumerable.Range(0, 2_000).Select(i => "The museum opened its doors in " + i));

        Assert.True(ElicitationPrompt.CuesOf(Asking + "\n\n" + material) != 0);
        Assert.True(ElicitationPrompt.CuesOf(material + "\n\n" + Asking) != 0);
        Assert.Equal(ElicitationPrompt.CuesOf(material), ElicitationPrompt.CuesOf(material + "\n```\n" + Asking + "\n```"));
    }

    [Theory]
    [InlineData("Create 5 different multiple-choice questions with four options each and an answer key, for pupils of grade 4. Topic: thyroid nodules.")]
    public void Sketch_WordsOfTheLexiconThatTheModelDoesNotSecond_GiveNoCue(string text)
    {
        Assert.True(ElicitationPrompt.LexiconCuesOf(text).HasFlag(Cues.TaskGeneration));
        Assert.False(ElicitationPrompt.CuesOf(text).HasFlag(Cues.TaskGeneration));
    }

    [Fact]
    public void Sketch_WordingInAToolsResult_GivesNoCue() => Assert.Equal(Cues.None, CuesOf(new("user", "Fix the test."), new("assistant", "[tool_call] read a"), new("tool", "[tool_result] " + Asking)));

    [Theory]
    [InlineData("[tool_result] ")]
    [InlineData("[tool_result]")]
    [InlineData("[tool_call] read a\n[tool_result] ")]
    public void Sketch_WordingBehindTheMarkOfAToolsResult_GivesItsCueAndIsNoToolsTurn(string mark)
    {
        Assert.Equal(ElicitationPrompt.CuesOf(Asking), ElicitationPrompt.CuesOf(mark + Asking));

        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var content = new SketchContent();
        sketcher.Sketch(Exchanges.Ask("1", "a", Exchanges.Start, mark + Asking), content);
        Assert.Equal(RequestTraits.None, content.Traits & (RequestTraits.ToolTurn | RequestTraits.Continuation));
    }

    private static Cues CuesOf(params ChatMessage[] messages)
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var content = new SketchContent();
        sketcher.Sketch(Exchanges.Ask("1", "a", Exchanges.Start, "") with { Request = new ExchangeRequest { Messages = messages } }, content);
        return content.Cues;
    }
}
