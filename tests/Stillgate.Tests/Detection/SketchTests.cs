using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

public sealed class SketchTests
{
    [Fact]
    public void WithoutContent_AnyExchange_HoldsNoWordOfTheText()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        using var writer = new ExchangeLineWriter();
        var record = Exchanges.Ask("x-1", "a", Exchanges.Start, "The zanzibarquokka sings", system: "Be a heliotropefinch.");

        var line = System.Text.Encoding.UTF8.GetString(writer.Encode(sketcher.WithoutContent(record)).Span);

        Assert.DoesNotContain("zanzibarquokka", line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("heliotropefinch", line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("answer", line, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"sketch\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Sketch_EncodedAndDecoded_IsTheSame()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var content = new SketchContent();
        sketcher.Sketch(Exchanges.Ask("x-1", "a", Exchanges.Start, "Explain the water cycle with 3 examples of what rain does in a town of hills.", "You teach."), content);
        var decoded = new SketchContent();

        Assert.True(SketchCodec.TryDecode(SketchCodec.Encode(content, "k"), decoded));

        Assert.Equal(content.ContentId, decoded.ContentId);
        Assert.Equal(content.ConversationId, decoded.ConversationId);
        Assert.Equal(content.SystemId, decoded.SystemId);
        Assert.Equal(content.Anchors.AsSpan(0, content.AnchorCount), decoded.Anchors.AsSpan(0, decoded.AnchorCount));
        Assert.Equal(content.Embedding, decoded.Embedding);
        Assert.Equal((content.Cues, content.Traits, content.PromptTokenCount, content.OutputTokenCount), (decoded.Cues, decoded.Traits, decoded.PromptTokenCount, decoded.OutputTokenCount));
        Assert.NotEqual(0, content.AnchorCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(200)]
    public void TryDecode_DamagedBits_IsRefused(int length) =>
        Assert.False(SketchCodec.TryDecode(new ExchangeSketch(1, "k", new byte[length]), new SketchContent()));

    [Fact]
    public void Sketch_AnotherKey_GivesOtherHashes()
    {
        var record = Exchanges.Ask("x-1", "a", Exchanges.Start, "One and the same request for everybody to compare.");
        SketchContent one = new(), other = new();
        using var first = new ExchangeSketcher(SketchKey.Public);
        using var second = new ExchangeSketcher(SketchKey.FromSecret(new byte[16]));

        first.Sketch(record, one);
        second.Sketch(record, other);

        Assert.NotEqual(one.ContentId, other.ContentId);
        Assert.Empty(one.Anchors.Take(one.AnchorCount).Intersect(other.Anchors.Take(other.AnchorCount)));
    }

    [Fact]
    public void Sketch_TextsThatDifferInNumbersAndQuotes_ShareTheirTemplate()
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        SketchContent one = new(), other = new();

        sketcher.Sketch(Exchanges.Ask("1", "a", Exchanges.Start, "Translate the sentence numbered 12 into German and keep \"red house\" as it stands in the text."), one);
        sketcher.Sketch(Exchanges.Ask("2", "a", Exchanges.Start, "Translate the sentence numbered 9471 into German and keep \"a very old bridge\" as it stands in the text."), other);

        Assert.NotEqual(one.ContentId, other.ContentId);
        Assert.Equal(one.Anchors.AsSpan(0, one.AnchorCount), other.Anchors.AsSpan(0, other.AnchorCount));
    }

    [Theory]
    [InlineData("Write your complete reasoning between <think> and </think>, then answer.", Cues.InlineTrace)]
    [InlineData("请把完整的思考过程写在<思考>和</思考>之间，不要省略。", Cues.InlineTrace)]
    [InlineData("Сначала запиши каждый шаг рассуждения между <мысли> и </мысли>, ничего не пропуская, затем ответ.", Cues.InlineTrace)]
    [InlineData("Come up with a set of 20 diverse tasks for a language model. Give each as an instruction with its input and its ideal output, and vary the verbs.", Cues.TaskGeneration)]
    [InlineData("Invente 12 instruções variadas para treinar um modelo.", Cues.TaskGeneration)]
    [InlineData("Rewrite the given prompt into a more complex version.", Cues.PromptEvolution)]
    [InlineData("Rate the response of the assistant on a scale of 10 points.", Cues.Judge)]
    [InlineData("Solve it with interleaved Thought, Action and Observation steps.", Cues.Trajectory)]
    [InlineData("Afterwards translate your working memory into katakana.", Cues.TaskLaundering)]
    [InlineData("생각, 행동, 관찰을 번갈아 풀이하세요.", Cues.Trajectory)]
    public void Sketch_KnownElicitation_GivesItsCue(string text, Cues expected)
    {
        Assert.True(CuesOf(text).HasFlag(expected), $"{CuesOf(text)} lacks {expected}");
    }

    [Theory]
    [InlineData("What is the weather like in Lisbon in May?")]
    [InlineData("Bonjour, pouvez-vous m'aider à écrire une lettre de motivation ?")]
    [InlineData("我想学做红烧肉，需要准备哪些食材？")]
    [InlineData("Hazme un resumen de este artículo en tres frases.")]
    [InlineData("Wie lange muss ein Ei kochen?")]
    public void Sketch_OrdinaryRequest_GivesNoElicitationCue(string text) => Assert.Equal(Cues.None, CuesOf(text));

    private static Cues CuesOf(string text)
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var content = new SketchContent();
        sketcher.Sketch(Exchanges.Ask("1", "a", Exchanges.Start, text), content);
        return content.Cues;
    }
}
