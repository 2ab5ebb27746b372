using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Accounts;

/// <summary>Cues by what they ask for.</summary>
internal static class CueGroups
{
    /// <summary>Asks for reasoning as such.</summary>
    public const Cues Strong = Cues.Rationale | Cues.InlineTrace | Cues.DebugPretence | Cues.FalseAuthority | Cues.TaskLaundering
        | Cues.TraceLanguage | Cues.TraceCleaning;

    /// <summary>Asks for training tasks.</summary>
    public const Cues Tasks = Cues.TaskGeneration | Cues.PromptEvolution | Cues.TaskSynthesis;

    /// <summary>
    /// Asks for any of what harvests take. Left out is what legitimate programs do for a living: grading, inventing questions, and
    /// step-by-step work.
    /// </summary>
    public const Cues Eliciting = Strong | Cues.PromptEvolution | Cues.TaskSynthesis | Cues.Trajectory | Cues.Persona | Cues.PairRewriting;
}
