using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stillgate.Parties.Formats;
using Stillgate.Parties.Ownership;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties ownership</c>: works an ownership test out and shows its proof, or what would settle it.</summary>
internal static class PartiesOwnershipCommand
{
    private const string Help = """
        Asks whether listed parties, or companies with headquarters in named countries, hold enough of a company.
        Exit 0: clear. Exit 1: restricted or undetermined. With --ultimate-parent: who stands at the top of the chains above it, by more than half or by control; exit 0
        where that is one party for certain, 1 where it is not.

        Examples:
          stillgate parties ownership 12b7dd0770ce --facts bods.json --listed e83cce729ada
          stillgate parties ownership LEI --facts lei.json rr.json --headquarters CN RU --more-than --control --at 2026-06-01 --json
          stillgate parties ownership LEI --facts lei.xml rr.xml --ultimate-parent
        """;

    private static readonly Argument<string> Entity = new("ENTITY") { Description = "The company's identifier in the facts" };
    private static readonly Option<string[]> Facts = new("--facts") { Description = "BODS 0.4 (JSON) or GLEIF files (JSON or XML)", AllowMultipleArgumentsPerToken = true, Required = true };
    private static readonly Option<string[]> Listed = new("--listed") { Description = "Identifiers of listed parties", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Headquarters = new("--headquarters") { Description = "Countries whose companies are sought", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<decimal> Threshold = new("--threshold") { Description = "Percent", DefaultValueFactory = _ => 50 };
    private static readonly Option<bool> MoreThan = new("--more-than") { Description = "More than the threshold, not the threshold or more" };
    private static readonly Option<bool> Control = new("--control") { Description = "Count votes and control by other means" };
    private static readonly Option<bool> Ultimate = new("--ultimate-parent") { Description = "Show the ultimate parents instead of a test" };
    private static readonly Option<bool> Unreported = new("--unreported-may-be-sought") { Description = "Owners that nobody stated may be parties that are sought" };
    private static readonly Option<DateTimeOffset?> At = new("--at") { Description = "The day asked about; today where it is not given" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter() } };

    public static Command Create()
    {
        var command = new Command("ownership", Help) { Entity, Facts, Listed, Headquarters, Threshold, MoreThan, Control, Ultimate, Unreported, At, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (parsed.GetValue(Ultimate))
        {
            return RunUltimate(parsed, now);
        }

        var listed = parsed.GetValue(Listed) ?? [];
        var countries = parsed.GetValue(Headquarters) ?? [];
        if (listed.Length + countries.Length == 0)
        {
            throw new OperatorException("say whom to look for: --listed or --headquarters; or ask for --ultimate-parent");
        }

        var test = new OwnershipTest
        {
            Id = "asked",
            Threshold = ShareRange.Parts(parsed.GetValue(Threshold)),
            IsExclusive = parsed.GetValue(MoreThan),
            Lists = ["given"],
            Headquarters = countries,
            CountsControl = parsed.GetValue(Control),
            Unreported = parsed.GetValue(Unreported) ? UnreportedOwners.MayBeSought : UnreportedOwners.AreOthers,
        };
        var ledger = Read(parsed.GetRequiredValue(Facts), now);
        foreach (var party in listed.Prepend(parsed.GetRequiredValue(Entity)).Where(party => !ledger.Names(party)))
        {
            // A slip in an identifier must not come out as clear.
            throw new OperatorException($"{party}: nothing is known of this party in the facts; expected an identifier that they state");
        }

        foreach (var party in listed)
        {
            ledger.Add(new ListingFact { Party = party, List = "given", ListVersion = "on the command line", RecordedAt = now, Source = "--listed" });
        }

        // Statements of one file are recorded a tick apart; the day after holds them all.
        var answer = OwnershipSnapshot.Build(ledger, test, parsed.GetValue(At) ?? now, now.AddDays(1)).Answer(parsed.GetRequiredValue(Entity));
        Console.Out.WriteLine(parsed.GetValue(Json) ? JsonSerializer.Serialize(answer, Options) : Describe(answer));
        return answer.Standing == Standing.Clear ? ExitCode.Ok : ExitCode.Problem;
    }

    private static int RunUltimate(ParseResult parsed, DateTimeOffset now)
    {
        var entity = parsed.GetRequiredValue(Entity);
        var test = new OwnershipTest { Id = "parents", Threshold = ShareRange.Parts(50), IsExclusive = true, CountsControl = true };
        var ledger = Read(parsed.GetRequiredValue(Facts), now);
        var parents = OwnershipSnapshot.Build(ledger, test, parsed.GetValue(At) ?? now, now.AddDays(1)).UltimateParents(entity)
            ?? throw new OperatorException($"{entity}: nothing is known of this party in the facts");
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { Entity = entity, UltimateParents = parents }, Options));
        }
        else
        {
            foreach (var parent in parents)
            {
                var standing = parent.IsCircular ? "held in a circle" : parent.IsCertain ? "for certain" : "possibly";
                Console.Out.WriteLine($"{parent.Id} {parent.Name}{(parent.Headquarters is { } country ? $" ({country})" : "")}: ultimate parent, {standing}{(parent.Id == entity ? "; nobody is stated above it" : "")}");
                foreach (var step in parent.Chain)
                {
                    Console.Out.WriteLine("  " + step);
                }
            }
        }

        return parents is [{ IsCertain: true }] ? ExitCode.Ok : ExitCode.Problem;
    }

    private static OwnershipLedger Read(string[] paths, DateTimeOffset now)
    {
        var ledger = new OwnershipLedger();
        foreach (var path in paths)
        {
            byte[] json = [];
            if (InputFile.WrongWith(path) is { } wrong)
            {
                throw new OperatorException(wrong);
            }

            try
            {
                if (IsXml(path))
                {
                    using var stream = File.OpenRead(path);
                    ledger.Add(GleifReader.ReadXml(stream, now));
                    continue;
                }

                using var document = JsonDocument.Parse(json = File.ReadAllBytes(path));
                var isBods = document.RootElement.ValueKind == JsonValueKind.Array
                    && document.RootElement.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("recordType", out _));
                ledger.Add(isBods ? BodsReader.Read(document.RootElement, now) : GleifReader.Read(document.RootElement, now));
            }
            catch (Exception failure) when (json.Length > 0 && failure is JsonException or PartyFormatException { Item: not null })
            {
                var (line, message) = JsonLines.Tell(json, failure);
                throw new OperatorException($"{path}:{line}: {message}");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or PartyFormatException)
            {
                throw new OperatorException($"cannot read {path}: {failure.Message}");
            }
        }

        return ledger;
    }

    private static bool IsXml(string path)
    {
        using var text = new StreamReader(path);
        var letter = text.Read();
        while (letter >= 0 && char.IsWhiteSpace((char)letter))
        {
            letter = text.Read();
        }

        return letter == '<';
    }

    private static string Describe(OwnershipAnswer answer)
    {
        var lines = new List<string> { $"{answer.Entity}: {answer.Standing}", answer.Reason };
        lines.AddRange(answer.Holdings.Select(holding => "  " + holding));
        if (answer is { Standing: Standing.Restricted, IsSmallest: false, Holdings.Count: > 0 })
        {
            lines.Add("  (each of these is needed; a smaller proof was not ruled out)");
        }

        lines.AddRange(answer.Settling.Select(fact => "  find out: " + fact));
        return string.Join(Environment.NewLine, lines);
    }
}
