using System.CommandLine;
using System.Net;
using Stillgate.Parties.Places;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate places lookup</c>: what all sources say of one address.</summary>
internal static class PlacesLookupCommand
{
    private static readonly Argument<string> Address = new("ADDRESS") { Description = "An address of IPv4 or IPv6" };
    private static readonly Option<string?> Declared = new("--declared") { Description = "The country that the account declares, two letters; compares it with the observed one", HelpName = "CC" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("lookup", "Says what every source tells of an address, and how they agree.\n\nExample:\n  stillgate places lookup 192.0.2.7 --declared DE") { Address, PlacesCommand.Places, Declared, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var text = parsed.GetRequiredValue(Address);
        if (!IPAddress.TryParse(text, out var address))
        {
            throw new OperatorException($"'{text}' is no address; expected for example 192.0.2.7 or 2001:db8::7");
        }

        var declared = parsed.GetValue(Declared);
        if (declared is not null && !CountryCode.Parse(declared).IsKnown)
        {
            throw new OperatorException($"--declared '{declared}': expected an ISO 3166-1 code of two letters");
        }

        using var index = PlacesCommand.Open(parsed);
        var answer = index.Lookup(address);
        var facts = PlaceFacts.Of(answer, declared, index.KnowsClasses);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(PlacesReport.Answer(address, answer, facts, index));
        }
        else
        {
            Print(address, answer, facts, index);
        }

        return ExitCode.Ok;
    }

    private static void Print(IPAddress address, PlaceAnswer answer, PlaceFacts facts, PlacesIndex index)
    {
        var detail = index.Detail(answer);
        Console.Out.WriteLine($"{address}");
        Line("country", $"{facts.Country ?? "undetermined"} ({facts.Agreement}: {Agreement(answer)})");
        Line("network", answer.Network == 0 ? "undetermined" : $"AS{answer.Network}{(detail.NetworkName is { } name ? " " + name : "")}");
        Line("class", facts.Network ?? "undetermined: no list was loaded");
        if (detail.Lists.Count > 0)
        {
            Line("listed by", $"{string.Join(", ", detail.Lists)} ({string.Join(", ", PlacesReport.Words(answer.Classes))})");
        }

        Line("declared", facts.Declared.ToString().ToLowerInvariant());
        foreach (var vote in detail.Votes)
        {
            var source = index.Sources.First(source => source.Name == vote.Source);
            Console.Out.WriteLine($"  {source.Name,-16} {(vote.Country.IsKnown ? vote.Country.ToString() : "-"),-4} basis {source.Basis,-18} version {source.Version}, licence {source.Licence}");
        }
    }

    private static void Line(string name, string text) => Console.Out.WriteLine($"  {name,-16} {text}");

    private static string Agreement(PlaceAnswer answer) => answer.Speaking switch
    {
        0 => "no source speaks",
        1 => $"one basis alone{(answer.Leading.IsKnown ? $" says {answer.Leading}" : "")}, which is no evidence",
        _ when answer.Leading.IsKnown => $"{answer.Supporting} of {answer.Speaking} bases say {answer.Leading}",
        _ => $"{answer.Speaking} bases, and as many for one as for another",
    };
}
