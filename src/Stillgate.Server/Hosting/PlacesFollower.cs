using Stillgate.Gateway.Decisions;
using Stillgate.Parties.Places;
using Stillgate.Policy.Live;
using Stillgate.Server.Commands;

namespace Stillgate.Server.Hosting;

/// <summary>Puts the places file in force, and the new one when <c>places update</c> has put it in the old one's place.</summary>
internal static class PlacesFollower
{
    public static FileFollower Start(string path, CurrentDecisions current, TimeProvider time, ILogger logger) => new(
        [path],
        () => current.Replace(Open(path)),
        reason => ServerLog.FileUnusable(logger, "places", reason),
        time);

    /// <summary>Opens a places file for the live path.</summary>
    /// <exception cref="OperatorException">It cannot be used.</exception>
    public static PlaceBook Open(string path)
    {
        try
        {
            return new PlaceBook(PlacesIndex.Open(path));
        }
        catch (PlacesException cause)
        {
            throw new OperatorException("places: " + cause.Message);
        }
    }
}
