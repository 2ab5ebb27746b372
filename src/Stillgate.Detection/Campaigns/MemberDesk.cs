using Stillgate.Detection.Accounts;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// What all tables of members read and write with: who the accounts are, a buffer to pack in, and objects that members at rest are unpacked into
/// while their group is looked at. One group is looked at at a time, by the engine's one thread; the next look uses the objects again.
/// </summary>
/// <param name="accounts">Every account, by index.</param>
internal sealed class MemberDesk(IReadOnlyList<AccountState> accounts)
{
    private readonly List<MemberStats> _spare = [];
    private readonly List<MemberStats> _open = [];
    private readonly StateWriter _packing = new();
    private MemberTable? _opened;

    /// <summary>A member that has done nothing yet.</summary>
    public byte[] Blank { get; } = BytesOfBlank();

    public AccountState Account(int index) => accounts[index];

    /// <summary>The members of the table that is open; null for any other.</summary>
    public IReadOnlyList<MemberStats>? Opened(MemberTable table) => _opened == table ? _open : null;

    /// <summary>Begins a look at a table; what the look before gave out is used again.</summary>
    /// <returns>The list to put its members in.</returns>
    public List<MemberStats> Open(MemberTable table)
    {
        _opened = table;
        _open.Clear();
        return _open;
    }

    /// <summary>Ends the look at a table whose members are to change, where it is open.</summary>
    public void Close(MemberTable table) => _opened = _opened == table ? null : _opened;

    /// <summary>Unpacks a member at rest, until the next look.</summary>
    /// <param name="number">Number of the object, from 0 with every look.</param>
    /// <param name="packed">The member.</param>
    /// <param name="account">Whose part it is.</param>
    public MemberStats Unpack(int number, ReadOnlySpan<byte> packed, AccountState account)
    {
        if (number == _spare.Count)
        {
            _spare.Add(new MemberStats { Account = account });
        }

        var member = _spare[number];
        member.Account = account;
        var from = new StateReader(packed);
        member.Read(ref from);
        return member;
    }

    /// <summary>Packs a member.</summary>
    /// <returns>Its bytes, until the next is packed.</returns>
    public ReadOnlySpan<byte> Pack(MemberStats member)
    {
        _packing.Clear();
        member.Write(_packing);
        return _packing.Written;
    }

    private static byte[] BytesOfBlank()
    {
        var writer = new StateWriter();
        new MemberStats { Account = null! }.Write(writer);
        return writer.Written.ToArray();
    }
}
