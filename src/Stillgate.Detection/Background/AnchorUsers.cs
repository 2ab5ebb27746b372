using Stillgate.Detection.Accounts;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Background;

/// <summary>
/// The accounts that use an anchor again and again: all of them while they are few, then a sample of <see cref="SampleMax"/> by keyed
/// hash, so that each user has the same chance to be in it, whenever it came.
/// </summary>
internal sealed class AnchorUsers(ulong anchor)
{
    public const int SampleMax = 64;

    private readonly List<(ulong Hash, AccountState Account)> _sample = new(4);

    public ulong Anchor { get; } = anchor;

    /// <summary>Offers taken: each is an account that had come to use the anchor twice as often as before.</summary>
    public int Offers { get; private set; }

    public int SampleCount => _sample.Count;

    public IReadOnlyList<AccountState> Sample => [.. _sample.Select(entry => entry.Account)];

    /// <summary>Writes the sample; accounts by index.</summary>
    public void Write(StateWriter into)
    {
        into.Word(Anchor);
        into.Number((ulong)Offers);
        into.Number((ulong)_sample.Count);
        foreach (var (hash, account) in _sample)
        {
            into.Word(hash);
            into.Number((ulong)account.Index);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static AnchorUsers Read(ref StateReader from, IReadOnlyList<AccountState> accounts)
    {
        var users = new AnchorUsers(from.Word()) { Offers = from.Count(int.MaxValue) };
        for (var count = from.Count(SampleMax); count > 0; count--)
        {
            users._sample.Add((from.Word(), accounts[from.Count(accounts.Count - 1)]));
        }

        return users;
    }

    public void Offer(AccountState account)
    {
        Offers++;
        var hash = ((ulong)account.Index ^ Anchor) * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 29)) * 0xD6E8FEB86659FD93;
        var at = _sample.FindIndex(entry => entry.Hash >= hash);
        if (at >= 0 && _sample[at].Account == account)
        {
            return;
        }

        _sample.Insert(at < 0 ? _sample.Count : at, (hash, account));
        if (_sample.Count > SampleMax)
        {
            _sample.RemoveAt(SampleMax);
        }
    }
}
