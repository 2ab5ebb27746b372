using System.IO.Hashing;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Campaigns;

/// <summary>
/// Identifiers that accounts share: means of payment, e-mail pattern, address block. Which accounts share one is evidence of a link;
/// what the identifier says of a place is not looked at.
/// </summary>
internal sealed class IdentifierAnchors(AnchorTable anchors)
{
    /// <summary>Feeds the groups of an account's identifiers.</summary>
    public void Observe(AccountState account, SketchedExchange exchange, LaunchUse use, List<AnchorGroup> due)
    {
        if (account.Count == 1 && !account.Registration.Reseller)
        {
            Note(account, GroupKind.Payment, account.Identifiers.Payment);
            Note(account, GroupKind.EmailPattern, account.Identifiers.EmailPattern);
        }

        if (account.Count == AnalysisEngine.OftenFrom && !account.Registration.Reseller)
        {
            OpenPair(account, GroupKind.Payment, account.Identifiers.Payment);
            OpenPair(account, GroupKind.EmailPattern, account.Identifiers.EmailPattern);
        }

        NoteBlock(account, exchange.Ip);
        foreach (var identifier in account.Identifiers)
        {
            if (anchors.Find(identifier) is { } group && group.Observe(account, exchange, use))
            {
                due.Add(group);
            }
        }
    }

    /// <summary>The block that an address lies in: /24 of IPv4, /48 of IPv6, as text; null where the address cannot be read.</summary>
    public static string? Block(string ip)
    {
        if (!IPAddress.TryParse(ip, out var address))
        {
            return null;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6));
    }

    private void NoteBlock(AccountState account, string? ip)
    {
        if (ip is null || account.Blocks.Count >= AddressBlocks.Max || !account.IsNewAddress(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(ip.AsSpan()))))
        {
            return;
        }

        if (Block(ip) is { } block && RegistrationFacts.Identifier(GroupKind.AddressBlock, block) is var identifier && !account.Blocks.Contains(identifier))
        {
            // Strangers share address blocks: the block is counted, and weighs in where accounts share something else; it founds no group's case.
            account.Blocks.Add(identifier);
            anchors.CountBlock(identifier);
        }
    }

    private void OpenPair(AccountState account, GroupKind kind, ulong identifier)
    {
        if (identifier != 0)
        {
            anchors.OpenPair(identifier, kind, account, other => other.Count >= AnalysisEngine.OftenFrom);
        }
    }

    private void Note(AccountState account, GroupKind kind, ulong identifier)
    {
        if (identifier != 0)
        {
            anchors.Promote(identifier, kind, account);
        }
    }
}
