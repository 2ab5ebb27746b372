using System.Collections.Concurrent;
using System.Net;
using Stillgate.Parties.Places;
using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Live;

/// <summary>
/// The places file that is in force, as decisions ask it. Asking takes no lock and, once the answer was given before, allocates nothing. What is
/// kept of it is bounded by the different answers that the file holds.
/// </summary>
public sealed class PlaceBook
{
    private readonly ConcurrentDictionary<ulong, RequestPlace> _known = new();
    private readonly PlacesIndex _index;

    /// <summary>Takes a places file into use.</summary>
    /// <param name="index">The file. It belongs to the book from then on, and goes with it.</param>
    public PlaceBook(PlacesIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        _index = index;
        Source = new FactSource("places: " + string.Join(", ", index.Sources.Select(source => $"{source.Name} {source.Version}")), index.Built);
    }

    /// <summary>The file by its sources and their versions, and when it was made.</summary>
    public FactSource Source { get; }

    /// <summary>Where an address is, as the file tells it.</summary>
    public RequestPlace At(IPAddress address)
    {
        var answer = _index.Lookup(address);
        return _known.TryGetValue(KeyOf(answer), out var known)
            ? known
            : _known.GetOrAdd(KeyOf(answer), new RequestPlace(answer, _index.KnowsClasses, Source));
    }

    // Everything that the words are made of, and neither the row nor the network, of which there are a hundred thousand.
    private static ulong KeyOf(in PlaceAnswer answer) =>
        ((ulong)answer.Leading.Packed << 32) | ((ulong)answer.Agreement << 24) | ((ulong)answer.Speaking << 16) | ((ulong)answer.Supporting << 8) | (ulong)answer.Classes;
}
