using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>
/// Chooses wrappers of the asked half, each but once while there are others: operators do not share their prompts, and two rings that
/// sent the same one would rightly be taken for one.
/// </summary>
internal sealed class WrapperChoice(WrapperHalf half)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>A wrapper of a language for one of some styles; a style that the language lacks in this half gives way to one that it has.</summary>
    public Wrapper Draw(LanguageTexts texts, IReadOnlyList<string> styles, Chance chance)
    {
        var allowed = texts.Wrappers.Where(IsAllowed).ToArray();
        var fitting = allowed.Where(wrapper => styles.Contains(wrapper.Style)).ToArray();
        var traces = allowed.Where(wrapper => HarvestStyle.Traces.Contains(wrapper.Style)).ToArray();
        Wrapper[] usual = fitting.Length > 0 ? fitting : traces;
        var fresh = usual.Where(IsFresh).ToArray();
        fresh = fresh.Length > 0 ? fresh : [.. traces.Where(IsFresh)];
        var chosen = chance.Pick(fresh.Length > 0 ? fresh : usual);
        _used.Add(chosen.Id);
        return chosen;
    }

    /// <summary>Every allowed wrapper of a language that takes the same thing as a given one.</summary>
    public IReadOnlyList<Wrapper> Kin(LanguageTexts texts, Wrapper wrapper) =>
        [.. texts.Wrappers.Where(other => IsAllowed(other) && (other.Style == wrapper.Style || (HarvestStyle.TakesTrace(other.Style) && HarvestStyle.TakesTrace(wrapper.Style))))];

    private bool IsFresh(Wrapper wrapper) => !_used.Contains(wrapper.Id);

    private bool IsAllowed(Wrapper wrapper) => half switch
    {
        WrapperHalf.Tune => wrapper.Half == "tune",
        WrapperHalf.Report => wrapper.Half == "report",
        _ => true,
    };
}
