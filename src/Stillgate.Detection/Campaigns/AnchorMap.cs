namespace Stillgate.Detection.Campaigns;

/// <summary>
/// From an anchor to what is known of it, 16 bytes a place: linear probing, over a quarter more places each time that they are taken. There are some anchors to every account, so
/// that a dictionary's entries would be a good part of an account's memory. Nothing is ever taken out.
/// </summary>
internal sealed class AnchorMap
{
    // At most three places in four are taken: probes stay short.
    private const int LoadNumerator = 3;
    private const int LoadDenominator = 4;

    private ulong[] _keys = new ulong[64];
    private object?[] _values = new object?[64];

    public int Count { get; private set; }

    /// <summary>What is known of an anchor, or null.</summary>
    public object? Find(ulong anchor) => _values[Place(_keys, anchor)];

    /// <summary>Says what is known of an anchor from now on.</summary>
    public void Set(ulong anchor, object value)
    {
        var place = Place(_keys, anchor);
        if (_values[place] is null)
        {
            if ((Count + 1L) * LoadDenominator > (long)_keys.Length * LoadNumerator)
            {
                Grow();
                place = Place(_keys, anchor);
            }

            Count++;
            _keys[place] = anchor;
        }

        _values[place] = value;
    }

    /// <summary>Every anchor, in no order that means anything.</summary>
    public IEnumerable<(ulong Anchor, object Value)> All()
    {
        for (var place = 0; place < _keys.Length; place++)
        {
            if (_values[place] is { } value)
            {
                yield return (_keys[place], value);
            }
        }
    }

    private static int Place(ulong[] keys, ulong anchor)
    {
        var place = (int)(((anchor * 0x9E3779B97F4A7C15) >> 32) * (ulong)keys.Length >> 32);
        // An anchor is never 0: that stands for an absent one.
        while (keys[place] != anchor && keys[place] != 0)
        {
            place = place + 1 < keys.Length ? place + 1 : 0;
        }

        return place;
    }

    private void Grow()
    {
        var keys = new ulong[_keys.Length + (_keys.Length / 4)];
        var values = new object?[keys.Length];
        for (var place = 0; place < _keys.Length; place++)
        {
            if (_values[place] is { } value)
            {
                var moved = Place(keys, _keys[place]);
                (keys[moved], values[moved]) = (_keys[place], value);
            }
        }

        (_keys, _values) = (keys, values);
    }
}
