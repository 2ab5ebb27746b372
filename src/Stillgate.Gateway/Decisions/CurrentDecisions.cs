using Stillgate.Policy.Live;

namespace Stillgate.Gateway.Decisions;

/// <summary>The decision book that is in force. It is swapped whole; a request that has read it goes on with what it read.</summary>
public sealed class CurrentDecisions
{
    private Current _current = new(DecisionBook.Empty, new DecisionNotes());

    /// <summary>The book in force.</summary>
    public DecisionBook Book => Volatile.Read(ref _current).Book;

    /// <summary>Puts a book in force, for the next request.</summary>
    public void Replace(DecisionBook book) => Volatile.Write(ref _current, new Current(book, new DecisionNotes()));

    internal Current Read() => Volatile.Read(ref _current);

    /// <summary>A book with the notes that were made of its decisions: they go with it.</summary>
    internal sealed record Current(DecisionBook Book, DecisionNotes Notes);
}
