using Stillgate.Lab.Simulation;
using Stillgate.Lab.Simulation.Texts;
using Xunit;

namespace Stillgate.Tests.Lab;

public sealed class BuiltInTextsTests
{
    private static readonly string[] Expected = ["ar", "de", "en", "es", "fr", "ja", "ko", "pt", "ru", "zh"];

    public static TheoryData<string> LanguageCodes => [.. Expected];

    [Fact]
    public void All_Languages_AreThere() => Assert.Equal(Expected, BuiltInTexts.All.Select(texts => texts.Language).Order());

    [Theory]
    [MemberData(nameof(LanguageCodes))]
    public void Texts_OfALanguage_RenderWithoutALeftOverSlot(string language)
    {
        var texts = BuiltInTexts.Of(language);
        var chance = new Chance(1);
        string[] all =
        [
            .. texts.Asks, .. texts.FollowUps, .. texts.Closers, .. texts.Sentences, .. texts.Support, .. texts.Voice, .. texts.Search, .. texts.Tasks, .. texts.Quiz,
            .. texts.Judges, .. texts.Assignments, .. texts.Starters, .. texts.Apps.Select(app => app.System), .. texts.Apps.Select(app => app.User),
            .. texts.Wrappers.Select(wrapper => wrapper.User), .. texts.Wrappers.Select(wrapper => wrapper.System ?? ""),
        ];

        Assert.All(all, text =>
        {
            var rendered = texts.Render(text, chance);
            Assert.DoesNotContain("{topic", rendered, StringComparison.Ordinal);
            Assert.DoesNotContain("[[", rendered, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(LanguageCodes))]
    public void Prompts_OfALanguage_AreThousandsOfDistinctOnes(string language)
    {
        var texts = BuiltInTexts.Of(language);
        var tasks = BuiltInTexts.Tasks(texts, texts.Tasks, new Chance(1));
        var chats = BuiltInTexts.Chats(texts, 1, texts.Tasks);

        Assert.True(Enumerable.Range(0, 4_000).Select(index => tasks.At(index).Text).Distinct().Count() > 1_500);
        Assert.True(Enumerable.Range(0, 4_000).Select(index => chats.At(index).Messages[0].Content).Distinct().Count() > 1_500);
    }

    [Theory]
    [MemberData(nameof(LanguageCodes))]
    public void Wrappers_OfALanguage_CoverTheStylesInBothHalves(string language)
    {
        var wrappers = BuiltInTexts.Of(language).Wrappers;

        Assert.All(
            new[] { "inline-trace", "hindsight", "generator", "judge", "persona", "trajectory", "translate" },
            style => Assert.Equal(["report", "tune"], wrappers.Where(wrapper => wrapper.Style == style).Select(wrapper => wrapper.Half).Distinct().Order()));
    }

    [Fact]
    public void Wrappers_OverAllLanguages_AreManyWithUniqueIds()
    {
        var ids = BuiltInTexts.All.SelectMany(texts => texts.Wrappers).Select(wrapper => wrapper.Id).ToArray();

        Assert.True(ids.Length >= 40);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
