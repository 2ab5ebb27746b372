namespace Stillgate.Lab.Simulation;

/// <summary>Names of the ways in which a ring of accounts harvests.</summary>
public static class RingKinds
{
    /// <summary>One fixed prompt, shared identifiers.</summary>
    public const string FixedPrompt = "fixed-prompt";

    /// <summary>One fixed prompt; payment, address, e-mail domain all distinct.</summary>
    public const string NoIdentifiers = "no-identifiers";

    /// <summary>Half of the traffic is ordinary chat.</summary>
    public const string Cover50 = "cover-50";

    /// <summary>Seventy per cent of the traffic is ordinary chat.</summary>
    public const string Cover70 = "cover-70";

    /// <summary>A first pool is refused from some time on; a warm second pool goes on with the same prompt list within hours.</summary>
    public const string Failover = "failover";

    /// <summary>Half of the traffic moves to a new model within a day of its launch.</summary>
    public const string Pivot = "pivot";

    /// <summary>Rubric and preference verdicts.</summary>
    public const string Judge = "judge";

    /// <summary>One narrow domain.</summary>
    public const string Vertical = "vertical";

    /// <summary>One task form over thousands of personas.</summary>
    public const string Persona = "persona";

    /// <summary>Ten to thirty exchanges an account a day.</summary>
    public const string LowAndSlow = "low-and-slow";

    /// <summary>The wrapper is reworded for each account.</summary>
    public const string Paraphrase = "paraphrase";

    /// <summary>Agent trajectories with tool calls.</summary>
    public const string Trajectory = "trajectory";

    /// <summary>No wrapper: disjoint shards of one prompt list.</summary>
    public const string RawList = "raw-list";

    /// <summary>Few tasks, asked for over and over in wrappers of every family, before a campaign scales with the one that worked.</summary>
    public const string TechniqueSearch = "technique-search";

    /// <summary>The kinds that a composition draws by itself, in the order in which a small one takes them. A kind more would change every log.</summary>
    public static IReadOnlyList<string> Drawn { get; } =
        [FixedPrompt, NoIdentifiers, Cover50, Cover70, Failover, Pivot, Judge, Vertical, Persona, LowAndSlow, Paraphrase, Trajectory, RawList];

    /// <summary>Every kind that can be asked for.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Drawn, TechniqueSearch];
}
