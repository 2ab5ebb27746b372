using Stillgate.Detection.State;

namespace Stillgate.Detection.Accounts;

/// <summary>The first few address blocks of an account. The hash of a block is never 0: that is a free place.</summary>
internal struct AddressBlocks
{
    /// <summary>Blocks noted of an account: a roaming one would join every group there is.</summary>
    public const int Max = 3;

    private ulong _first;
    private ulong _second;
    private ulong _third;

    public readonly int Count => (_first != 0 ? 1 : 0) + (_second != 0 ? 1 : 0) + (_third != 0 ? 1 : 0);

    public readonly ulong this[int index] => index switch
    {
        0 => _first,
        1 => _second,
        _ => _third,
    };

    public readonly bool Contains(ulong block)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i] == block)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Notes a block; past <see cref="Max"/> there is no room.</summary>
    public void Add(ulong block)
    {
        System.Diagnostics.Debug.Assert(block != 0, "0 is a free place.");
        switch (Count)
        {
            case 0:
                _first = block;
                break;
            case 1:
                _second = block;
                break;
            case 2:
                _third = block;
                break;
            default:
                throw new InvalidOperationException("An account notes its first few blocks alone.");
        }
    }

    public readonly Enumerator GetEnumerator() => new(this);

    public readonly void Write(StateWriter into)
    {
        into.Number((ulong)Count);
        for (var i = 0; i < Count; i++)
        {
            into.Word(this[i]);
        }
    }

    public static AddressBlocks Read(ref StateReader from)
    {
        var blocks = default(AddressBlocks);
        for (var count = from.Count(Max); count > 0; count--)
        {
            blocks.Add(from.Word());
        }

        return blocks;
    }

    public struct Enumerator(AddressBlocks blocks)
    {
        private int _at = -1;

        public readonly ulong Current => blocks[_at];

        public bool MoveNext() => ++_at < blocks.Count;
    }
}
