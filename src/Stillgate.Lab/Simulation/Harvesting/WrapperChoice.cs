using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>Chooses wrappers of the asked half.</summary>
internal sealed class WrapperChoice(WrapperHalf half)
{
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);

    /// <summary>A wrapper of a language for one of some styles; a style that the language lacks in this half gives way to one that it has.</summary>
    public Wrapper Draw(LanguageTexts texts, IReadOnlyList<string> styles, Chance chance)
    {
        var allowed = texts.Wrappers.Where(IsAllowed).ToArray();
        var fitting = allowed.Where(wrapper => styles.Contains(wrapper.Style)).ToArray();
        var candidates = fitting.Length > 0 ? fitting : allowed.Where(wrapper => HarvestStyle.Traces.Contains(wrapper.Style)).ToArray();
        // Rings are run by different people: a wrapper that another ring has comes again only when all fitting ones are taken.
        var fewest = candidates.Min(wrapper => _uses.GetValueOrDefault(wrapper.Id));
        var chosen = chance.Pick(candidates.Where(wrapper => _uses.GetValueOrDefault(wrapper.Id) == fewest).ToArray());
        _uses[chosen.Id] = fewest + 1;
        return chosen;
    }

    /// <summary>Every allowed wrapper of a language that takes the same thing as a given one.</summary>
    public IReadOnlyList<Wrapper> Kin(LanguageTexts texts, Wrapper wrapper) =>
        [.. texts.Wrappers.Where(other => IsAllowed(other) && (other.Style == wrapper.Style || (HarvestStyle.Traces.Contains(other.Style) && HarvestStyle.Traces.Contains(wrapper.Style))))];

    /// <summary>Every allowed wrapper of a language.</summary>
    public IReadOnlyList<Wrapper> Of(LanguageTexts texts) => [.. texts.Wrappers.Where(IsAllowed)];

    private bool IsAllowed(Wrapper wrapper) => half switch
    {
        WrapperHalf.Tune => wrapper.Half == "tune",
        WrapperHalf.Report => wrapper.Half == "report",
        _ => true,
    };
}
