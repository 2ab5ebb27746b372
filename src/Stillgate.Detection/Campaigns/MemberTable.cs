using System.Numerics;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// The members of a group in the order in which they joined. An account is a member of some groups, so that its parts in them would be most of its memory: a member
/// whose account is at rest is packed into the table's bytes, about a hundred, and comes back bit for bit when the account uses what the
/// group shares again. What a look at the group unpacks stays packed.
/// </summary>
internal sealed class MemberTable(MemberDesk desk)
{
    // Up to here a search through all of them is as quick as hashing.
    private const int SearchedMax = 96;
    private const int Nothing = int.MaxValue;
    private const int PackedMax = 1 << 24;

    // By place: the account, and where its part is: an offset into the packed bytes, the complement of a number among the active, or nothing.
    private int[] _accounts = [];
    private int[] _parts = [];
    private int _count;

    // Place plus one by hash of the account; null while there are few members.
    private int[]? _index;

    private MemberStats[] _active = [];
    private int _activeCount;
    private byte[] _packed = [];
    private int _used;
    private int _waste;

    public int Count => _count;

    /// <summary>Every member in the order of joining, to be read until the next group's are; those at rest are copies.</summary>
    public IReadOnlyList<MemberStats> Read()
    {
        if (desk.Opened(this) is { } opened)
        {
            return opened;
        }

        var members = desk.Open(this);
        var unpacked = 0;
        for (var place = 0; place < _count; place++)
        {
            members.Add(_parts[place] < 0 ? _active[~_parts[place]] : desk.Unpack(unpacked++, Packed(place), desk.Account(_accounts[place])));
        }

        return members;
    }

    /// <summary>The account of a member, by its place in the order of joining.</summary>
    public AccountState Account(int place) => desk.Account(_accounts[place]);

    /// <summary>Exchanges of a member within the group, without unpacking it.</summary>
    public int Exchanges(int place) => _parts[place] switch
    {
        < 0 and var active => _active[~active].Count,
        Nothing => 0,
        _ => MemberStats.CountIn(Packed(place)),
    };

    /// <returns>False where the account is a member.</returns>
    public bool TryAdd(AccountState account)
    {
        if (Find(account.Index) >= 0)
        {
            return false;
        }

        desk.Close(this);
        Append(account.Index, Nothing);
        return true;
    }

    /// <summary>An account's part, to be counted in; null where it is no member.</summary>
    public MemberStats? Activate(AccountState account)
    {
        var place = Find(account.Index);
        if (place < 0)
        {
            return null;
        }

        if (_parts[place] < 0)
        {
            return _active[~_parts[place]];
        }

        desk.Close(this);
        var member = new MemberStats { Account = account, Place = place };
        var from = new StateReader(Packed(place));
        member.Read(ref from);
        Discard(place);
        PutActive(member);
        return member;
    }

    /// <summary>Packs one of the active members where its account is at rest.</summary>
    /// <param name="hand">Number of the member to look at; moved on.</param>
    /// <returns>False where the hand has been around.</returns>
    public bool RestNext(ref int hand)
    {
        if (hand >= _activeCount)
        {
            return false;
        }

        if (_active[hand].Account.IsAtRest)
        {
            Rest(_active[hand]);
        }
        else
        {
            hand++;
        }

        return true;
    }

    /// <summary>Forgets the members.</summary>
    public void Clear()
    {
        desk.Close(this);
        (_accounts, _parts, _count, _index) = ([], [], 0, null);
        (_active, _activeCount) = ([], 0);
        (_packed, _used, _waste) = ([], 0, 0);
    }

    /// <summary>Writes the members, packed; accounts by index.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)_count);
        for (var place = 0; place < _count; place++)
        {
            var packed = _parts[place] < 0 ? desk.Pack(_active[~_parts[place]]) : Packed(place);
            into.Number((ulong)_accounts[place]);
            into.Number((ulong)packed.Length);
            into.Bytes(packed);
        }
    }

    /// <summary>Takes over what <see cref="Write"/> wrote; all are then at rest.</summary>
    /// <param name="from">The state.</param>
    /// <param name="accounts">How many accounts there are.</param>
    public void Read(ref StateReader from, int accounts)
    {
        for (var count = from.Count(accounts); count > 0; count--)
        {
            var account = from.Count(accounts - 1);
            Append(account, Nothing);
            Put(_count - 1, from.Bytes(from.Count(PackedMax)));
        }
    }

    private int Find(int account)
    {
        if (_index is not { } index)
        {
            return _accounts.AsSpan(0, _count).IndexOf(account);
        }

        var mask = index.Length - 1;
        for (var at = Slot(account) & mask; index[at] != 0; at = (at + 1) & mask)
        {
            if (_accounts[index[at] - 1] == account)
            {
                return index[at] - 1;
            }
        }

        return -1;
    }

    private void Append(int account, int part)
    {
        if (_count == _accounts.Length)
        {
            // By a quarter: most groups stay small, and there are many.
            var room = _count + (_count / 4) + 3;
            Array.Resize(ref _accounts, room);
            Array.Resize(ref _parts, room);
        }

        (_accounts[_count], _parts[_count]) = (account, part);
        _count++;
        if (_count > SearchedMax && (_index is null || _count * 3 > _index.Length * 2))
        {
            Index();
        }
        else if (_index is not null)
        {
            Enter(_count - 1);
        }
    }

    private void Index()
    {
        _index = new int[BitOperations.RoundUpToPowerOf2((uint)_count * 2)];
        for (var place = 0; place < _count; place++)
        {
            Enter(place);
        }
    }

    private void Enter(int place)
    {
        var mask = _index!.Length - 1;
        var at = Slot(_accounts[place]) & mask;
        while (_index[at] != 0)
        {
            at = (at + 1) & mask;
        }

        _index[at] = place + 1;
    }

    private static int Slot(int account) => (int)((uint)account * 0x9E3779B1u >> 7);

    private ReadOnlySpan<byte> Packed(int place) => _parts[place] == Nothing ? desk.Blank : StateReader.Prefixed(_packed.AsSpan(_parts[place]));

    private void Discard(int place)
    {
        _waste += _parts[place] == Nothing ? 0 : StateWriter.PrefixedLength(Packed(place).Length);
        _parts[place] = Nothing;
    }

    private void PutActive(MemberStats member)
    {
        if (_activeCount == _active.Length)
        {
            Array.Resize(ref _active, _activeCount + (_activeCount / 4) + 2);
        }

        _parts[member.Place] = ~_activeCount;
        _active[_activeCount++] = member;
    }

    private void Rest(MemberStats member)
    {
        desk.Close(this);
        var number = ~_parts[member.Place];
        var last = _active[--_activeCount];
        _active[number] = last;
        _parts[last.Place] = ~number;
        _active[_activeCount] = null!;
        Put(member.Place, desk.Pack(member));
        if (_activeCount * 2 < _active.Length)
        {
            _active = _activeCount == 0 ? [] : _active[.._activeCount];
        }
    }

    private void Put(int place, ReadOnlySpan<byte> packed)
    {
        if (_waste * 2 > _used)
        {
            Compact();
        }

        var length = StateWriter.PrefixedLength(packed.Length);
        if (_used + length > _packed.Length)
        {
            Array.Resize(ref _packed, _used + length + (_used / 8));
        }

        StateWriter.Prefix(_packed.AsSpan(_used, length), packed);
        _parts[place] = _used;
        _used += length;
    }

    private void Compact()
    {
        var kept = new byte[_used - _waste];
        var used = 0;
        for (var place = 0; place < _count; place++)
        {
            if (_parts[place] is >= 0 and not Nothing)
            {
                var from = _packed.AsSpan(_parts[place], StateWriter.PrefixedLength(Packed(place).Length));
                from.CopyTo(kept.AsSpan(used));
                _parts[place] = used;
                used += from.Length;
            }
        }

        (_packed, _used, _waste) = (kept, used, 0);
    }
}
