using Stillgate.Detection.Sketching;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>
/// Cues on prompts of another writer (<c>Elicitation/Independent/*.txt</c>), who knew neither the lexicon, its rules, nor the prompts that they were made on. They say what
/// a wording that nobody of us thought of is worth; the floors are what was measured when they came. Odd numbers may be tuned on from now on, even ones are held out.
/// </summary>
public sealed class IndependentElicitationTests
{
    private const Cues Ordinary = Cues.StepByStep | Cues.Judge;

    private static readonly Lazy<IReadOnlyList<(string Family, int Number, string Text)>> Prompts = new(() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Detection", "Elicitation", "Independent"), "*.txt").SelectMany(File.ReadLines).Select(line => line.Split(' ', 3))
            .Select(parts => (parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2].Replace("\\n", "\n", StringComparison.Ordinal)))]);

    [Theory]
    [InlineData("Rationale", 1)]
    [InlineData("InlineTrace", 4)]
    [InlineData("TaskGeneration", 9)]
    [InlineData("Persona", 3)]
    [InlineData("Trajectory", 4)]
    public void Sketch_PromptsOfAnotherWriter_GiveTheirFamilysCueAsOftenAsMeasured(string family, int floor)
    {
        var cue = Enum.Parse<Cues>(family);
        var asked = Prompts.Value.Where(prompt => prompt.Family == family).ToList();

        var odd = asked.Count(prompt => prompt.Number % 2 == 1 && CuesOf(prompt.Text).HasFlag(cue));
        var even = asked.Count(prompt => prompt.Number % 2 == 0 && CuesOf(prompt.Text).HasFlag(cue));

        Assert.Equal(40, asked.Count);
        Assert.True(odd + even >= floor, $"{family}: {odd} of 20 with odd numbers and {even} of 20 with even ones (at least {floor})");
    }

    [Fact]
    public void Sketch_InnocentPromptsOfAnotherWriter_GiveNoMoreElicitationCuesThanMeasured()
    {
        var innocent = Prompts.Value.Where(prompt => prompt.Family == "Innocent").ToList();

        var flagged = innocent.Count(prompt => (CuesOf(prompt.Text) & ~Ordinary) != Cues.None);

        Assert.Equal(60, innocent.Count);
        Assert.True(flagged <= 2, $"{flagged} of {innocent.Count}");
    }

    private static Cues CuesOf(string text)
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var content = new SketchContent();
        sketcher.Sketch(Exchanges.Ask("1", "a", Exchanges.Start, text), content);
        return content.Cues;
    }
}
