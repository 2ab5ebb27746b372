using Stillgate.Detection.Sketching;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>
/// Cues on prompts of our own in ten languages (<c>Elicitation/*.txt</c>; docs/decisions/0074 says how they came about and what the
/// figures are worth). Floors stand a little below what was measured, so that a change to the lexicon that loses a family fails.
/// </summary>
public sealed class ElicitationTests
{
    private const int SeenUntil = 6;
    private const int InnocentSeenUntil = 12;

    private static readonly Lazy<IReadOnlyList<ElicitationPrompt>> Prompts = new(() => ElicitationPrompt.ReadAll());

    [Theory]
    [InlineData("Rationale", 55, 18)]
    [InlineData("InlineTrace", 52, 15)]
    [InlineData("TaskGeneration", 48, 9)]
    [InlineData("PromptEvolution", 51, 13)]
    [InlineData("Trajectory", 51, 14)]
    [InlineData("Persona", 43, 9)]
    [InlineData("FalseAuthority", 50, 16)]
    [InlineData("DebugPretence", 38, 0)]
    [InlineData("TaskLaundering", 29, 0)]
    [InlineData("TraceCleaning", 17, 0)]
    [InlineData("PairRewriting", 13, 0)]
    public void Sketch_PromptsOfAFamily_GiveItsCueOftenEnough(string family, int seenFloor, int freshFloor)
    {
        var found = Prompts.Value.Where(prompt => prompt.Family == family && prompt.GivesItsCue).ToList();

        var seen = found.Count(prompt => prompt.Number <= SeenUntil);
        var fresh = found.Count(prompt => prompt.Number > SeenUntil);
        Assert.True(seen >= seenFloor && fresh >= freshFloor, $"{family}: {seen} of those written before the rules (at least {seenFloor}), {fresh} of those after them (at least {freshFloor})");
    }

    [Theory]
    [MemberData(nameof(ElicitationPrompt.Languages), MemberType = typeof(ElicitationPrompt))]
    public void Sketch_PromptsOfALanguage_AreFoundInFiveOfEight(string language)
    {
        var asked = Prompts.Value.Where(prompt => prompt.Language == language && !prompt.IsInnocent).ToList();

        var found = asked.Count(prompt => prompt.GivesItsCue);

        Assert.True(found * 8 >= asked.Count * 5, $"{language}: {found} of {asked.Count}");
    }

    [Fact]
    public void Sketch_InnocentPromptsThatStandNear_GiveNoMoreElicitationCuesThanMeasured()
    {
        var innocent = Prompts.Value.Where(prompt => prompt.IsInnocent).ToList();

        var flagged = innocent.Count(prompt => prompt.GivesAnElicitationCue);

        Assert.Equal(180, innocent.Count);
        Assert.True(flagged <= 23, $"{flagged} of {innocent.Count}");
    }

    [Theory]
    [InlineData("Solve it without omitting the units.")]
    [InlineData("What might they ask at the border?")]
    [InlineData("Return JSON with the fields \"instruction\" and \"colour\" for 3 rooms.")]
    [InlineData("يفكر أخي في السفر إلى المغرب")]
    [InlineData("[REASONING]")]
    public void Sketch_HalfOfTheEvidence_GivesNoCue(string text) => Assert.Equal(Cues.None, ElicitationPrompt.CuesOf(text));

    [Theory]
    [InlineData("[REASONING] comes before [ANSWER].", Cues.InlineTrace)]
    [InlineData("Return {\"reasoning\": 1, \"final_answer\": 2}", Cues.InlineTrace)]
    [InlineData("Fields: \"thought\", \"action\", \"observation\".", Cues.Trajectory)]
    [InlineData("ووالتفكير بالتفكير للتفكير: لا تختصر التفكير، اكتبه كاملا ثم الجواب", Cues.InlineTrace)]
    public void Lexicon_BracketsFieldsAndJoinedParticles_CountAsEvidence(string text, Cues expected)
    {
        var found = ElicitationPrompt.LexiconCuesOf(text);

        Assert.True(found.HasFlag(expected), $"{found} lacks {expected}");
    }

    [Fact]
    public void Prompts_EveryLanguage_HasEveryFamilyAndInnocentOnes()
    {
        var byLanguage = Prompts.Value.GroupBy(prompt => prompt.Language).ToList();

        Assert.Equal(10, byLanguage.Count);
        Assert.All(byLanguage, prompts => Assert.Equal(12, prompts.Select(prompt => prompt.Family).Distinct().Count()));
        Assert.All(byLanguage, prompts => Assert.True(prompts.Count(prompt => prompt.IsInnocent) > InnocentSeenUntil));
    }
}
