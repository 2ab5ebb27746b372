namespace Stillgate.Lab.Simulation.Texts;

/// <summary>What a pool of texts is used for.</summary>
internal enum TextRole
{
    /// <summary>Conversations of people.</summary>
    Chat,

    /// <summary>Evaluation sets.</summary>
    Benchmark,

    /// <summary>Grading requests.</summary>
    Judge,

    /// <summary>Prompt lists that harvesters work through.</summary>
    Harvest,
}
