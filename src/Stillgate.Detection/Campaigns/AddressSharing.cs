using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Which members of a group share an address block with another member. A block that many accounts connect from, a campus or a
/// provider's gateway, says nothing and does not count.
/// </summary>
internal sealed class AddressSharing(AnchorTable anchors)
{
    private const int CrowdMin = 40;
    private readonly Dictionary<ulong, int> _members = [];

    /// <summary>Takes up a group's members.</summary>
    public void Look(IEnumerable<MemberStats> members)
    {
        _members.Clear();
        foreach (var member in members)
        {
            foreach (var block in member.Account.Blocks)
            {
                _members[block] = _members.GetValueOrDefault(block) + 1;
            }
        }
    }

    /// <summary>Whether an account shares a block with another of the members looked at.</summary>
    public bool IsShared(AccountState account)
    {
        foreach (var block in account.Blocks)
        {
            if (_members.GetValueOrDefault(block) > 1 && anchors.BlockUserCount(block) < CrowdMin)
            {
                return true;
            }
        }

        return false;
    }
}
