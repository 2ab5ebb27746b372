using System.CommandLine;
using Stillgate.Lab.Simulation;

namespace Stillgate.Server.Commands;

/// <summary>The options that say which texts, sources and wrappers a lab command composes from.</summary>
/// <param name="Texts">Where texts come from.</param>
/// <param name="Sources">Development sources.</param>
/// <param name="Wrappers">Half of the wrappers.</param>
internal sealed record LabTexts(Option<string> Texts, Option<string?> Sources, Option<string> Wrappers)
{
    public static LabTexts Options()
    {
        var texts = new Option<string>("--texts") { Description = "builtin, data (the folder that STILLGATE_DATA names) or auto", DefaultValueFactory = _ => "auto" };
        texts.AcceptOnlyFromAmong("builtin", "data", "auto");
        var sources = new Option<string?>("--sources") { Description = "Development sources to use, with commas; the default is all" };
        var wrappers = new Option<string>("--wrappers") { Description = "Half of the harvesting wrappers: tune, report or all", DefaultValueFactory = _ => "all" };
        wrappers.AcceptOnlyFromAmong("tune", "report", "all");
        return new LabTexts(texts, sources, wrappers);
    }

    /// <summary>What was asked for, with a seed and a scale that the command replaces and nothing to write.</summary>
    public SimulationOptions Read(ParseResult parsed) => new()
    {
        OutputFolder = "",
        Seed = 1,
        Scale = 0.1,
        Texts = parsed.GetValue(Texts) switch { "builtin" => TextChoice.BuiltIn, "data" => TextChoice.Development, _ => TextChoice.Auto },
        DevelopmentFolder = Environment.GetEnvironmentVariable("STILLGATE_DATA") ?? Path.Combine("..", "shared", "data"),
        Sources = Names(parsed.GetValue(Sources)),
        Wrappers = parsed.GetValue(Wrappers) switch { "tune" => WrapperHalf.Tune, "report" => WrapperHalf.Report, _ => WrapperHalf.All },
    };

    /// <summary>Names of a list with commas.</summary>
    public static string[] Names(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
