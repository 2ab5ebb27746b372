namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>Names of what a harvest takes, as the wrappers name it.</summary>
internal static class HarvestStyle
{
    public const string Generator = "generator";
    public const string Evolve = "evolve";
    public const string Judge = "judge";
    public const string Persona = "persona";
    public const string Trajectory = "trajectory";
    public const string Translate = "translate";
    public const string Clean = "clean";

    /// <summary>Answers to a prompt list without any wrapper, several samples a prompt.</summary>
    public const string Raw = "raw";

    /// <summary>Any of the others for a few requests each: a search for the one that works.</summary>
    public const string Search = "search";

    /// <summary>The ways of coaxing the reasoning out.</summary>
    public static IReadOnlyList<string> Traces { get; } = ["inline-trace", "hindsight", "debug", "authority", "launder", "coerce"];

    public static bool TakesTrace(string style) => Traces.Contains(style) || style is Trajectory or Clean;
}
