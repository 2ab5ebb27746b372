using Stillgate.Protocol.Filtering;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>Opens the references of one request, each for the turn in which it stands, and notes what is wrong with those that are not taken.</summary>
internal sealed class ReferenceReturn(ReferenceVault vault, ConversationChain chain, TimeSpan lifetime) : IReferenceOpener
{
    /// <summary>What is wrong with the first reference that is not taken.</summary>
    public ReferenceFault Fault { get; private set; }

    /// <summary>Whether something opaque came that is no reference of ours.</summary>
    public bool HasForeign { get; private set; }

    public bool TryOpen(string text, int position, out ReferenceKind kind, out byte[] original)
    {
        if (!text.StartsWith(ReferenceVault.Start, StringComparison.Ordinal))
        {
            (HasForeign, kind, original) = (true, default, []);
            return false;
        }

        var fault = vault.Open(text, new ReferenceBinding(chain.Owner, chain.Root, PrefixAt(position)), lifetime, out kind, out original);
        Fault = Fault == ReferenceFault.None ? fault : Fault;
        return fault == ReferenceFault.None;
    }

    private UInt128 PrefixAt(int position)
    {
        foreach (var turn in chain.Turns)
        {
            if (position < turn.End)
            {
                return turn.Before;
            }
        }

        return 0;
    }
}
