using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>
/// Cues on prompts of another writer (<c>Elicitation/Independent/*.txt</c>), who knew neither the lexicon, its rules, nor the prompts that they were made on. The lexicon alone finds 21 of the 200, and gives a cue to
/// 2 of the 60 innocent ones; with the model of wording, which was chosen by the odd numbers and not by the even ones, floors and ceiling are what was measured (docs/decisions/0082).
/// </summary>
public sealed class IndependentElicitationTests
{
    private static readonly Lazy<IReadOnlyList<ElicitationPrompt>> Prompts = new(() => ElicitationPrompt.ReadAll("Independent"));

    [Theory]
    [InlineData("Rationale", 26)]
    [InlineData("InlineTrace", 26)]
    [InlineData("TaskGeneration", 20)]
    [InlineData("Persona", 24)]
    [InlineData("Trajectory", 24)]
    public void Sketch_PromptsOfAnotherWriter_GiveTheirFamilysCueAsOftenAsMeasured(string family, int floor)
    {
        var asked = Prompts.Value.Where(prompt => prompt.Family == family).ToList();

        var odd = asked.Count(prompt => prompt.Number % 2 == 1 && prompt.GivesItsCue);
        var even = asked.Count(prompt => prompt.Number % 2 == 0 && prompt.GivesItsCue);

        Assert.Equal(40, asked.Count);
        Assert.True(odd + even >= floor, $"{family}: {odd} of 20 with odd numbers and {even} of 20 with even ones (at least {floor})");
    }

    [Fact]
    public void Sketch_InnocentPromptsOfAnotherWriter_GiveNoMoreElicitationCuesThanMeasured()
    {
        var innocent = Prompts.Value.Where(prompt => prompt.IsInnocent).ToList();

        var flagged = innocent.Count(prompt => prompt.GivesAnElicitationCue);

        Assert.Equal(60, innocent.Count);
        Assert.True(flagged <= 14, $"{flagged} of {innocent.Count}");
    }
}
