using Stillgate.Detection.Sketching;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>
/// Evaluations that let the model think before it answers, and requests for the whole of what it thinks that look like an evaluation, in the prompts of two writers who
/// knew neither the lexicon nor what the model of wording was taught by (<c>Elicitation/Evaluation/*.txt</c>). Nobody chose anything by them; docs/decisions/0095 has
/// what was found. Floors stand a little below it.
/// </summary>
public sealed class EvaluationElicitationTests
{
    private static readonly Lazy<IReadOnlyList<ElicitationPrompt>> Prompts = new(() => ElicitationPrompt.ReadAll("Evaluation"));

    [Theory]
    [InlineData("InlineTrace", 90, 88)]
    [InlineData("Rationale", 50, 47)]
    public void Sketch_RequestsForTheWholeTrace_GiveACue(string family, int count, int floor)
    {
        var asked = Prompts.Value.Where(prompt => prompt.Family == family).ToList();

        var found = asked.Count(prompt => prompt.GivesAnElicitationCue);

        Assert.Equal(count, asked.Count);
        Assert.True(found >= floor, $"{family}: {found} of {count} give a cue (at least {floor})");
    }

    /// <summary>A wrapper is found in a document of any length; what a document has in passing is not, the less the longer it is.</summary>
    [Fact]
    public void Bar_TextOfAnyWidth_RisesBeyondAPromptAndEnds()
    {
        Assert.Equal(1, CueModel.Bar(128));
        Assert.Equal(1.277, CueModel.Bar(256), 3);
        Assert.Equal(CueModel.Bar(1_024), CueModel.Bar(1_000_000));
        Assert.InRange(CueModel.Bar(1_024), 1.8, 1.9);
    }

    [Fact]
    public void Sketch_EvaluationsThatLetTheModelThink_GiveNoMoreCuesThanMeasured()
    {
        var innocent = Prompts.Value.Where(prompt => prompt.IsInnocent).ToList();

        var flagged = innocent.Where(prompt => prompt.GivesAnElicitationCue).ToList();

        Assert.Equal(260, innocent.Count);
        Assert.True(flagged.Count <= 70, $"{flagged.Count} of {innocent.Count}: " + string.Join('\n', flagged.Select(prompt => $"{prompt.Language} {prompt.Number} {ElicitationPrompt.CuesOf(prompt.Text)}: {prompt.Text}")));
    }
}
