using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>What a ring asks in one language.</summary>
/// <param name="Texts">The language.</param>
/// <param name="Pool">The prompt list.</param>
/// <param name="First">Index in the list at which the ring starts.</param>
/// <param name="Wrapper">The ring's wrapper, or null for bare prompts.</param>
internal sealed record RingTasks(LanguageTexts Texts, PromptPool Pool, int First, SettledWrapper? Wrapper);
