using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Accounts;

/// <summary>Cues by what they ask for.</summary>
internal static class CueGroups
{
    /// <summary>Asks for reasoning as such.</summary>
    public const Cues Strong = Cues.Rationale | Cues.InlineTrace | Cues.DebugPretence | Cues.FalseAuthority | Cues.TaskLaundering
        | Cues.TraceLanguage | Cues.TraceCleaning;

    /// <summary>Asks for training tasks.</summary>
    public const Cues Tasks = Cues.TaskGeneration | Cues.PromptEvolution;
}
