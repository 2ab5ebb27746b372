using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>A wrapper as one ring or one account uses it: its alternatives chosen, and some directives of its own added.</summary>
/// <param name="Source">The authored wrapper.</param>
/// <param name="User">Text of the user's message.</param>
/// <param name="System">Text of the system prompt, or null.</param>
internal sealed record SettledWrapper(Wrapper Source, SlotText User, SlotText? System)
{
    public static SettledWrapper Draw(Wrapper wrapper, LanguageTexts texts, Chance chance)
    {
        // The directives stand where the fixed text is: before the task in a user's message, at the end of a system prompt.
        var count = chance.Between(1, 4);
        return wrapper.System is { } system
            ? new SettledWrapper(wrapper, SlotText.Settle(wrapper.User, chance), SlotText.Settle(texts.WithSome(system, texts.Directives, count, chance), chance))
            : new SettledWrapper(wrapper, SlotText.Settle($"{texts.WithSome("", texts.Directives, count, chance).TrimStart()}\n{wrapper.User}", chance), System: null);
    }
}
