using System.CommandLine;
using Stillgate.Parties.Places;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate places</c>: where addresses are, from several databases at once.</summary>
internal static class PlacesCommand
{
    /// <summary>The places file that every subcommand works on.</summary>
    public static readonly Option<string> Places = new("--places") { Description = "The places file", HelpName = "FILE", DefaultValueFactory = _ => "places.idx" };

    private const string Help = """
        Where an address is: country, network and class of network, from several databases with their agreement. One database is no evidence.

        Examples:
          stillgate places update
          stillgate places update --sources places.yaml --places ./store/places.idx
          stillgate places lookup 192.0.2.7 --declared DE
          stillgate places lookup 2001:db8::7 --json
        """;

    public static Command Create() => new("places", Help) { PlacesUpdateCommand.Create(), PlacesLookupCommand.Create(), PlacesBenchCommand.Create() };

    /// <summary>Opens the places file, and turns what is wrong with it into a line for the operator.</summary>
    public static PlacesIndex Open(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(Places);
        try
        {
            return InputFile.WrongWith(path) is { } wrong ? throw new OperatorException($"{wrong}; 'stillgate places update' makes one") : PlacesIndex.Open(path);
        }
        catch (PlacesException cause)
        {
            throw new OperatorException(cause.Message);
        }
    }
}
