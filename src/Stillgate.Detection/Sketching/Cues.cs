namespace Stillgate.Detection.Sketching;

/// <summary>
/// Kinds of wording that go with harvesting, found by word classes that stand close together, in any of the lexicon's languages.
/// Weak evidence: each also occurs in ordinary requests.
/// </summary>
[Flags]
public enum Cues
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Asks to explain the reasoning behind an answer that is given or finished.</summary>
    Rationale = 1 << 0,

    /// <summary>Asks for reasoning written out in full, in tags or before the answer.</summary>
    InlineTrace = 1 << 1,

    /// <summary>Claims to debug or test the model.</summary>
    DebugPretence = 1 << 2,

    /// <summary>Claims the authority of an operator or of the real system prompt.</summary>
    FalseAuthority = 1 << 3,

    /// <summary>Asks for hidden notes under another name: translate, transcribe or encode the working memory.</summary>
    TaskLaundering = 1 << 4,

    /// <summary>Prescribes the language or script of the reasoning.</summary>
    TraceLanguage = 1 << 5,

    /// <summary>Asks to generate tasks, instructions, questions or dialogues.</summary>
    TaskGeneration = 1 << 6,

    /// <summary>Asks to rewrite a prompt into a harder or different one.</summary>
    PromptEvolution = 1 << 7,

    /// <summary>Asks to grade, rank or judge answers.</summary>
    Judge = 1 << 8,

    /// <summary>Agent trajectory format: thought, action, observation.</summary>
    Trajectory = 1 << 9,

    /// <summary>Asks to clean, rewrite or complete a reasoning trace.</summary>
    TraceCleaning = 1 << 10,

    /// <summary>Gives a persona and asks for something that it would ask or say.</summary>
    Persona = 1 << 11,

    /// <summary>Asks for step-by-step work: common in ordinary use, and so the weakest.</summary>
    StepByStep = 1 << 12,

    /// <summary>Asks to translate or rewrite an instruction together with its answer.</summary>
    PairRewriting = 1 << 13,
}
