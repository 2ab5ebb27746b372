namespace Stillgate.Lab.Simulation;

/// <summary>How a log is composed. Two styles, so that nothing is tuned to the habits of one.</summary>
public enum CompositionStyle
{
    /// <summary>The population of the figures, in a log that leaves nothing out.</summary>
    Standard,

    /// <summary>
    /// Another population with other volumes, arrivals and prompts, heavy on what looks like harvesting and is not; and a log that
    /// leaves out some of registrations, clients, settings, usage and answers, another part of them for each seed.
    /// </summary>
    Contrast,
}
