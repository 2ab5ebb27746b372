using Stillgate.Policy.Live;

namespace Stillgate.Gateway.Decisions;

/// <summary>The decision book and the places that are in force. Each is swapped whole; a request that has read them goes on with what it read.</summary>
public sealed class CurrentDecisions
{
    private readonly Lock _gate = new();
    private Current _current = new(DecisionBook.Empty, null, new DecisionNotes());

    /// <summary>The book in force.</summary>
    public DecisionBook Book => Volatile.Read(ref _current).Book;

    /// <summary>The places in force; null where no places file is loaded, and what rules ask of places is undetermined.</summary>
    public PlaceBook? Places => Volatile.Read(ref _current).Places;

    /// <summary>Puts a book in force, for the next request.</summary>
    public void Replace(DecisionBook book)
    {
        lock (_gate)
        {
            Volatile.Write(ref _current, new Current(book, _current.Places, new DecisionNotes()));
        }
    }

    /// <summary>Puts places in force, for the next request. The notes go too: they hold what the old places said.</summary>
    public void Replace(PlaceBook places)
    {
        lock (_gate)
        {
            Volatile.Write(ref _current, new Current(_current.Book, places, new DecisionNotes()));
        }
    }

    internal Current Read() => Volatile.Read(ref _current);

    /// <summary>A book with the notes that were made of its decisions: they go with it.</summary>
    internal sealed record Current(DecisionBook Book, PlaceBook? Places, DecisionNotes Notes);
}
