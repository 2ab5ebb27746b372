using System.Globalization;

namespace Stillgate.Lab.Simulation.Texts;

/// <summary>Small invented pieces of code for coding assistants and agent tools; code is written in the same language everywhere.</summary>
internal static class CodeSnippets
{
    private static readonly string[] Nouns =
        ["invoice", "session", "parser", "cache", "order", "user", "token", "report", "queue", "image", "route", "ledger", "score", "upload", "booking", "sensor"];

    private static readonly string[] Verbs = ["load", "merge", "validate", "render", "retry", "index", "export", "split", "normalize", "schedule", "count", "flush"];

    public static string Name(Chance chance) => $"{chance.Pick(Verbs)}_{chance.Pick(Nouns)}";

    public static string Path(Chance chance) => $"src/{chance.Pick(Nouns)}/{Name(chance)}.{chance.Pick(["py", "ts", "go", "rs", "cs"])}";

    public static string Draw(Chance chance)
    {
        var (name, noun, limit) = (Name(chance), chance.Pick(Nouns), chance.Between(2, 500).ToString(CultureInfo.InvariantCulture));
        return chance.Below(5) switch
        {
            0 => $"def {name}({noun}s):\n    seen = {{}}\n    for item in {noun}s:\n        if len(seen) > {limit}:\n            break\n        seen[item.id] = item\n    return list(seen.values())",
            1 => $"async function {name}({noun}) {{\n  const result = await db.{noun}s.find({{ limit: {limit} }});\n  return result.filter(r => r.{chance.Pick(Nouns)} !== null);\n}}",
            2 => $"func {name}(ctx context.Context, {noun} *{noun}Store) error {{\n\tfor i := 0; i < {limit}; i++ {{\n\t\tif err := {noun}.Next(ctx); err != nil {{\n\t\t\treturn err\n\t\t}}\n\t}}\n\treturn nil\n}}",
            3 => $"SELECT {noun}_id, count(*) FROM {noun}s WHERE created_at > now() - interval '{limit} days' GROUP BY {noun}_id;",
            _ => $"fn {name}({noun}: &[u32]) -> Option<u32> {{\n    {noun}.iter().copied().filter(|v| *v > {limit}).max()\n}}",
        };
    }

    public static string ToolResult(Chance chance) => chance.Below(4) switch
    {
        0 => $"{Path(chance)}:\n{Draw(chance)}\n\n{Draw(chance)}",
        1 => $"{chance.Between(1, 90)} passed, {chance.Below(4)} failed in {chance.Between(1, 60)}.{chance.Below(100):00}s\nFAILED test_{Name(chance)} - AssertionError: {chance.Below(100)} != {chance.Below(100)}",
        2 => string.Join('\n', Enumerable.Range(0, chance.Between(3, 12)).Select(_ => $"{Path(chance)}:{chance.Between(1, 400)}: {Name(chance)}(")),
        _ => $"wrote {chance.Between(10, 4000)} bytes to {Path(chance)}",
    };
}
