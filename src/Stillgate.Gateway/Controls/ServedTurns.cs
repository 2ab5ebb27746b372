namespace Stillgate.Gateway.Controls;

/// <summary>
/// Remembers, as keyed hashes, the conversations that were served: after each answer, and each conversation's beginning. In the memory of
/// one process. Two generations: when the younger is full or half the window has passed it becomes the older, and the older is
/// forgotten, so that memory is bounded and a hash lives between half the window and the whole of it.
/// </summary>
internal sealed class ServedTurns(TimeProvider time)
{
    /// <summary>Most hashes of a generation.</summary>
    public const int HashesMax = 1 << 20;

    private readonly Lock _turn = new();
    private HashSet<UInt128> _young = [];
    private HashSet<UInt128> _old = [];
    private long _youngSince = time.GetTimestamp();

    public void Note(UInt128 hash, TimeSpan window)
    {
        lock (_turn)
        {
            Age(window);
            _young.Add(hash);
        }
    }

    /// <summary>Whether the hash was noted within the window; if so it counts as noted now.</summary>
    public bool Knows(UInt128 hash, TimeSpan window)
    {
        lock (_turn)
        {
            Age(window);
            return _young.Contains(hash) || (_old.Contains(hash) && _young.Add(hash));
        }
    }

    private void Age(TimeSpan window)
    {
        var age = time.GetElapsedTime(_youngSince);
        if (_young.Count < HashesMax && age < window / 2)
        {
            return;
        }

        // After a whole window without a turn the younger ones are too old as well.
        (_old, _young, _youngSince) = (age < window ? _young : [], [], time.GetTimestamp());
    }
}
