namespace Stillgate.Lab.Simulation.Texts;

/// <summary>What each development source is used for; one that is not named is placed by its kind.</summary>
internal static class DevelopmentRoles
{
    /// <summary>The kind of application whose inputs a source holds, or null where it holds none.</summary>
    public static string? AppKind(string source) => source switch
    {
        "support_banking77" => "support",
        "assistant_clinc150" => "voice",
        "search_questions" => "search",
        "batch_rag_qa" => "rag",
        "batch_intent_routing" => "routing",
        "batch_extraction" => "extraction",
        "dialog_multiwoz" or "dialog_crosswoz_zh" => "booking",
        _ => null,
    };

    public static bool IsBatch(string source) => source.StartsWith("batch_", StringComparison.Ordinal);

    public static TextRole? RoleOf(string source, string kind) => (source, kind) switch
    {
        ("judge_eval_workload", _) => TextRole.Judge,
        // Role starters, not conversations.
        ("awesome_prompts", _) => null,
        (_, "distill") => TextRole.Harvest,
        (_, "hard_negative") => TextRole.Benchmark,
        _ => TextRole.Chat,
    };
}
