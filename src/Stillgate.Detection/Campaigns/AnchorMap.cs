namespace Stillgate.Detection.Campaigns;

/// <summary>
/// From an anchor to what is known of it, 16 bytes a place: linear probing over powers of two. There are some anchors to every account, so
/// that a dictionary's entries would be a good part of an account's memory. Nothing is ever taken out.
/// </summary>
internal sealed class AnchorMap
{
    // At most five places in eight are taken: probes stay short.
    private const int LoadNumerator = 5;
    private const int LoadDenominator = 8;

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
            if ((Count + 1) * LoadDenominator > _keys.Length * LoadNumerator)
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
        var mask = keys.Length - 1;
        var place = (int)((anchor * 0x9E3779B97F4A7C15) >> 32) & mask;
        // An anchor is never 0: that stands for an absent one.
        while (keys[place] != anchor && keys[place] != 0)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    private void Grow()
    {
        var keys = new ulong[_keys.Length * 2];
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
