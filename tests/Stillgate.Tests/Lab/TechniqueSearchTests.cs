using Stillgate.Lab.Simulation;
using Stillgate.Lab.Simulation.Harvesting;
using Stillgate.Lab.Simulation.Texts;
using Xunit;

namespace Stillgate.Tests.Lab;

/// <summary>Rings that search for a technique: few tasks, many wrappers, and only where they are asked for.</summary>
public sealed class TechniqueSearchTests
{
    [Theory]
    [InlineData(WrapperHalf.Tune, "tune", "ko")]
    [InlineData(WrapperHalf.Report, "report", "en")]
    public void Draw_OfOneHalf_HoldsEveryFamilyOfThatHalfAndTheLanguagesOwnFirst(WrapperHalf half, string name, string language)
    {
        var texts = BuiltInTexts.Of(language);
        var authored = BuiltInTexts.All.SelectMany(all => all.Wrappers).Where(wrapper => wrapper.Half == name).Select(wrapper => wrapper.Style).Distinct().Order(StringComparer.Ordinal);
        var own = texts.Wrappers.Where(wrapper => wrapper.Half == name).Select(wrapper => wrapper.Style).ToHashSet();

        var search = Search(texts, half, wordings: null);

        Assert.Equal(authored, search.Families.Select(family => family[0].Wrapper.Style));
        Assert.All(search.Families.SelectMany(family => family), pair => Assert.Equal(name, pair.Wrapper.Half));
        Assert.All(search.Families.Where(family => own.Contains(family[0].Wrapper.Style)), family => Assert.All(family, pair => Assert.Same(texts, pair.Texts)));
        Assert.InRange(search.Tasks.Count, 24, 48);
    }

    [Fact]
    public void Contents_OfOneSearch_AskTheSameTasksInManyWordingsAndSettings()
    {
        var search = Search(BuiltInTexts.Of("en"), WrapperHalf.Report, wordings: null);
        var tasks = Enumerable.Range(0, search.Tasks.Count).Select(index => search.Tasks.At(index).Text).ToArray();

        var contents = search.Contents(new Chance(3)).Take(600).ToArray();

        // Wrappers that have tasks invented hold none.
        Assert.True(contents.Count(content => content.Messages.Any(message => tasks.Any(task => message.Content.Contains(task, StringComparison.Ordinal)))) > 300);
        Assert.True(Openings(contents, length: 80).Count() > 60);
        Assert.True(contents.Select(content => content.Settings!.Temperature).Distinct().Count() >= 5);
        Assert.Contains(contents, content => content.Settings!.N > 1);
        var tries = contents.Aggregate(new List<(object Settings, int Count)>(), (runs, content) =>
        {
            var isSame = runs.Count > 0 && ReferenceEquals(runs[^1].Settings, content.Settings);
            runs.Add((content.Settings!, isSame ? runs[^1].Count + 1 : 1));
            return runs;
        });
        Assert.Equal(6, tries.Max(run => run.Count));
    }

    [Fact]
    public void Contents_OfSoManyWordings_TryNoMore()
    {
        var contents = Search(BuiltInTexts.Of("de"), WrapperHalf.Report, wordings: 3).Contents(new Chance(4)).Take(300).ToArray();

        Assert.InRange(Openings(contents, length: 12).Count(), 2, 3);
    }

    [Fact]
    public void Simulator_SearchAskedFor_ComposesItsAccountsTheSameEachTime()
    {
        var log = Compose("technique-search:6:distinct");
        var ring = log.Labels.Where(label => label.RingKind == RingKinds.TechniqueSearch).ToArray();
        var members = ring.Select(label => label.Account).ToHashSet();

        var counts = log.Exchanges().Where(exchange => members.Contains(exchange.Account)).CountBy(exchange => exchange.Account).Select(pair => pair.Value).ToArray();

        Assert.Equal(6, ring.Length);
        Assert.All(ring, label => Assert.Equal(("search", null, true), (label.Style, label.Wrapper, label.Harvest)));
        Assert.All(counts, count => Assert.InRange(count, 150, 2_000));
        Assert.Equal(6, log.Registrations.Where(record => members.Contains(record.Account)).Select(record => record.Payment!.Fingerprint).Distinct().Count());
        Assert.Equal(Bytes(log), Bytes(Compose("technique-search:6:distinct")));
    }

    [Fact]
    public void Simulator_EachGiven_EndsEveryAccountThere()
    {
        var log = Compose("technique-search:2:each=90");
        var members = log.Labels.Where(label => label.Harvest).Select(label => label.Account).ToHashSet();

        Assert.All(log.Exchanges().Where(exchange => members.Contains(exchange.Account)).CountBy(exchange => exchange.Account), pair => Assert.InRange(pair.Value, 40, 90));
    }

    [Fact]
    public void Simulator_NothingAskedFor_DrawsNoSearch()
    {
        Assert.DoesNotContain(RingKinds.TechniqueSearch, RingKinds.Drawn);
        Assert.DoesNotContain(Composed.Rings.Labels, label => label.RingKind == RingKinds.TechniqueSearch);
    }

    [Theory]
    [InlineData("technique-search")]
    [InlineData("technique-search:0")]
    [InlineData("technique-search:100001")]
    [InlineData("technique-search:4:each=0")]
    [InlineData("technique-searches:4")]
    public void RingRequest_WrongSearch_NamesTheFormAndTheKind(string text)
    {
        var problem = Assert.Throws<SimulationException>(() => RingRequest.Parse(text));

        Assert.StartsWith($"ring {text}: expected KIND:ACCOUNTS", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("technique-search", problem.Message, StringComparison.Ordinal);
    }

    private static TechniqueSearch Search(LanguageTexts texts, WrapperHalf half, int? wordings) =>
        TechniqueSearch.Draw(new WrapperChoice(half), texts, BuiltInTexts.Tasks(texts, texts.Tasks, new Chance(1)), wordings, new Chance(2));

    // A wording is told by how its fixed part begins: the system prompt, or the directives before the task.
    private static IEnumerable<string> Openings(IEnumerable<Content> contents, int length) =>
        contents.Select(content => content.Messages[0].Content).Select(text => text[..Math.Min(text.Length, length)]).Distinct();

    private static TrafficSimulator Compose(string ring) =>
        new(Composed.Options(seed: 9, scale: 0.001) with { HarvestShare = 0, Rings = [RingRequest.Parse(ring)], Wrappers = WrapperHalf.Report });

    private static string[] Bytes(TrafficSimulator log) =>
        [.. log.Exchanges().Select(exchange => System.Text.Json.JsonSerializer.Serialize(exchange))];
}
