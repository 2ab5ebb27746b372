using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties screen</c>: screens a name, or a book of parties, against lists.</summary>
internal static class PartiesScreenCommand
{
    private const int HitsMaxDefault = 10;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "The name to screen; or use --file.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file") { Description = "A book of parties: comma-separated with a header that has name, and optionally id, schema, dates, countries." };
        var lists = new Option<string[]>("--list") { Description = "A list file: OFAC sdn.csv or cons_prim.csv (aliases beside it are read too), UN XML, CSL, Denied Persons, Entity List, or a table with a name column.", Required = true, AllowMultipleArgumentsPerToken = true };
        var schema = new Option<string?>("--schema") { Description = "How to read NAME: Person, Company, Organization, Vessel; otherwise both ways." };
        var dates = new Option<string[]>("--date") { Description = "Dates of birth or foundation of NAME: 1984-01-08, or a year.", AllowMultipleArgumentsPerToken = true };
        var countries = new Option<string[]>("--country") { Description = "Countries of NAME: codes or names.", AllowMultipleArgumentsPerToken = true };
        var max = new Option<int>("--max") { Description = "At most this many hits a party.", DefaultValueFactory = _ => HitsMaxDefault };
        var json = new Option<bool>("--json") { Description = "One JSON object a screened party." };
        var command = new Command("screen", "Screen a name or a book against lists. Exit 1 where there is a hit.\n\nExamples:\n  stillgate parties screen \"Rosoboronexport\" --list sdn.csv UN_consolidated.xml\n  stillgate parties screen \"Kim Jong Un\" --schema Person --date 1984-01-08 --country KP --list sdn.csv\n  stillgate parties screen --file customers.csv --list sdn.csv --json")
        {
            name, file, lists, schema, dates, countries, max, json,
        };
        command.SetAction(result =>
        {
            var one = result.GetValue(name) is { } given ? new ScreeningSubject("", given, Schema(result.GetValue(schema)), Dates(result.GetValue(dates) ?? []), result.GetValue(countries) ?? []) : null;
            return Run(one, result.GetValue(file), result.GetRequiredValue(lists), result.GetValue(max), result.GetValue(json));
        });
        return command;
    }

    private static EntitySchema Schema(string? given) => EntitySchemas.TryParse(given, out var schema) ? schema : throw new OperatorException($"--schema {given}: expected {EntitySchemas.Expected}");

    private static string[] Dates(string[] given) => [.. given.Select(date => ScreeningSubject.DateOf(date) ?? throw new OperatorException($"--date {date}: expected a day such as 1984-01-08, or a year"))];

    private static int Run(ScreeningSubject? one, string? file, string[] paths, int max, bool json)
    {
        if ((one is null) == (file is null))
        {
            throw new OperatorException("parties screen: give either NAME or --file");
        }

        var lists = paths.Select(PartiesListFiles.Read).ToArray();
        var subjects = file is null ? [one!] : PartiesListFiles.ReadBook(file);
        var index = ScreeningIndex.Build(lists);
        var anyHit = false;
        foreach (var subject in subjects)
        {
            var hits = index.Screen(subject, max);
            anyHit |= hits.Count > 0;
            if (json)
            {
                Console.Out.WriteLine(Line(subject, hits));
            }
            else
            {
                Print(subject, hits, isBook: file is not null);
            }
        }

        if (!json)
        {
            foreach (var list in lists)
            {
                Console.Out.WriteLine($"list {list.Version.Name}: {list.Version.EntryCount} parties, {list.Problems.Count} rows skipped, sha256 {list.Version.Sha256[..16]}, retrieved {list.Version.Retrieved:yyyy-MM-dd}");
            }
        }

        return anyHit ? ExitCode.Problem : ExitCode.Ok;
    }

    private static string Line(ScreeningSubject subject, IReadOnlyList<ScreeningHit> hits) => JsonSerializer.Serialize(
        new
        {
            subject.Id,
            subject.Name,
            Model = NameMatcher.ModelVersion,
            NameMatcher.Threshold,
            Hits = hits.Select(hit => new
            {
                hit.Entry.Id,
                hit.Entry.Source,
                Name = hit.Entry.Names[0].Text,
                Matched = hit.MatchedName.Text,
                Score = Math.Round(hit.Result.Score, 6),
                hit.Result.Explanation,
                Features = hit.Result.Features.Select(feature => new { feature.Name, feature.Value, LogOdds = Math.Round(feature.LogOdds, 3) }),
                hit.Entry.Programs,
                List = new { hit.Version.Name, hit.Version.Sha256, Retrieved = hit.Version.Retrieved.ToString("O", CultureInfo.InvariantCulture), hit.Version.EntryCount },
            }),
        },
        Json);

    private static void Print(ScreeningSubject subject, IReadOnlyList<ScreeningHit> hits, bool isBook)
    {
        if (isBook && hits.Count > 0)
        {
            Console.Out.WriteLine($"{subject.Id} {subject.Name}");
        }

        foreach (var hit in hits)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {hit.Result.Score:0.000}  {hit.Entry.Source} {hit.Entry.Id}  {hit.Entry.Names[0].Text}"));
            Console.Out.WriteLine($"         as \"{hit.MatchedName.Text}\" ({hit.MatchedName.Kind}): {hit.Result.Explanation}");
        }

        if (hits.Count == 0 && !isBook)
        {
            Console.Out.WriteLine("no hit");
        }
    }
}
