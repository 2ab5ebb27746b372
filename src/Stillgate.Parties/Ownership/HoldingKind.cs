namespace Stillgate.Parties.Ownership;

/// <summary>What a holding gives its holder.</summary>
public enum HoldingKind
{
    /// <summary>A share of the capital.</summary>
    Ownership,

    /// <summary>A share of the votes.</summary>
    Voting,

    /// <summary>Control by other means than a share: appointing the board, a contract, consolidation in the accounts.</summary>
    Control,

    /// <summary>A sign of control that does not by itself prove it.</summary>
    PossibleControl,
}
