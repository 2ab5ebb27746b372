using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>
/// The requests of an operator who does not know yet what works: a few dozen tasks, again and again, each time in another wrapper, a few
/// requests in each, through all families before any comes again. Endless and without times.
/// </summary>
/// <param name="Tasks">The tasks, the same for every account of the ring.</param>
/// <param name="Families">Wrappers by what they take, with the language that fills each one's slots.</param>
/// <param name="WordingCount">So many wordings are tried, and then again from the first; null tries a new one each time.</param>
internal sealed record TechniqueSearch(PromptPool Tasks, IReadOnlyList<IReadOnlyList<(LanguageTexts Texts, Wrapper Wrapper)>> Families, int? WordingCount)
{
    private const int TaskCountMin = 24;
    private const int TaskCountMax = 48;

    public static TechniqueSearch Draw(WrapperChoice wrappers, LanguageTexts texts, PromptPool pool, int? wordingCount, Chance chance)
    {
        var (first, count) = (chance.Below(pool.Count), Math.Min(pool.Count, chance.Between(TaskCountMin, TaskCountMax)));
        var tasks = PromptPool.Of(pool.Source, pool.Language, [.. Enumerable.Range(0, count).Select(index => pool.At((int)(((long)first + index) % pool.Count)))]);

        // A family that the language lacks is tried in the languages that have it: other scripts are themselves one of the things tried.
        var families = BuiltInTexts.All.SelectMany(other => wrappers.Of(other).Select(wrapper => (Texts: other, Wrapper: wrapper)))
            .GroupBy(pair => pair.Wrapper.Style, StringComparer.Ordinal)
            .OrderBy(family => family.Key, StringComparer.Ordinal)
            .Select(family => family.Any(pair => pair.Texts == texts) ? family.Where(pair => pair.Texts == texts) : family)
            .Select(family => (IReadOnlyList<(LanguageTexts, Wrapper)>)[.. family]);
        return new TechniqueSearch(tasks, [.. families], wordingCount);
    }

    public IEnumerable<Content> Contents(Chance chance)
    {
        // Every account goes through the wordings in an order of its own.
        using var wordings = (WordingCount is { } count ? Repeated([.. Wordings(chance.Fork()).Take(count)]) : Wordings(chance.Fork())).GetEnumerator();
        for (var task = chance.Below(Tasks.Count); wordings.MoveNext();)
        {
            var requests = chance.Between(2, 6);
            var script = Script(wordings.Current, task, chance);
            foreach (var content in script.Contents(chance).Take(requests))
            {
                yield return content;
            }

            task = (task + requests) % Tasks.Count;
        }
    }

    private IEnumerable<(LanguageTexts Texts, SettledWrapper Wrapper)> Wordings(Chance chance)
    {
        var order = Families.ToArray();
        while (true)
        {
            chance.Shuffle(order);
            foreach (var family in order)
            {
                var (texts, wrapper) = chance.Pick(family);
                yield return (texts, SettledWrapper.Draw(wrapper, texts, chance));
            }
        }
    }

    private static IEnumerable<T> Repeated<T>(IReadOnlyList<T> items)
    {
        for (var index = 0; ; index = (index + 1) % items.Count)
        {
            yield return items[index];
        }
    }

    private HarvestScript Script((LanguageTexts Texts, SettledWrapper Wrapper) wording, int task, Chance chance) => new()
    {
        User = wording.Wrapper.User,
        System = wording.Wrapper.System,
        Style = wording.Wrapper.Source.Style,
        Tasks = Tasks,
        Texts = wording.Texts,
        Shard = new Shard(0, 1, task),
        Settings = DrawSettings(chance),
    };

    // The settings are searched through as well, one draw for each try.
    private static RequestSettings DrawSettings(Chance chance) => new()
    {
        Temperature = chance.Pick<double?>([0, 0.3, 0.7, 1, 1.3, null]),
        TopP = chance.Hit(0.3) ? chance.Pick<double?>([0.5, 0.9, 0.95]) : null,
        N = chance.Hit(0.3) ? chance.Pick<int?>([2, 4, 8]) : null,
        MaxOutputTokens = chance.Pick<int?>([1024, 4096, 8192, null]),
    };
}
