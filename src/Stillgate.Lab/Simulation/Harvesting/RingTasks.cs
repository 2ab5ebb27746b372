using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>What a ring asks in one language.</summary>
/// <param name="Texts">The language.</param>
/// <param name="Pool">The prompt list.</param>
/// <param name="First">Index in the list at which the ring starts.</param>
/// <param name="Wrapper">The ring's wrapper, or null for bare prompts.</param>
internal sealed record RingTasks(LanguageTexts Texts, PromptPool Pool, int First, SettledWrapper? Wrapper)
{
    /// <summary>Wordings that the accounts are dealt over; empty where all use <see cref="Wrapper"/> or each has its own.</summary>
    public IReadOnlyList<SettledWrapper> Wordings { get; init; } = [];

    /// <summary>The search that the accounts do in place of a harvest, or null.</summary>
    public TechniqueSearch? Search { get; init; }
}
