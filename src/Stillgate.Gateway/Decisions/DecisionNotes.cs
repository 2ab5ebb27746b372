using System.Collections.Concurrent;
using Stillgate.Policy.Live;

namespace Stillgate.Gateway.Decisions;

/// <summary>
/// What there is to say of decisions, made once each: an account whose every request is decided alike costs nothing after the first.
/// Bounded; past the bound a note is made for each request.
/// </summary>
internal sealed class DecisionNotes
{
    public const int CountMax = 65_536;
    private readonly ConcurrentDictionary<LiveDecision, DecisionNote> _notes = new();
    private int _count;

    public DecisionNote Of(in LiveDecision decision)
    {
        if (_notes.TryGetValue(decision, out var known))
        {
            return known;
        }

        var note = DecisionNote.Of(decision);
        if (Volatile.Read(ref _count) < CountMax && _notes.TryAdd(decision, note))
        {
            Interlocked.Increment(ref _count);
        }

        return note;
    }
}
