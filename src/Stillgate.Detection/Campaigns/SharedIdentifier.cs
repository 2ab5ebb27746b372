using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>An identifier that several named accounts hold and hardly anyone else does.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Holders">The named accounts that hold it, two or more, by index.</param>
/// <param name="Weight">How much holding it ties two accounts, 0 to 1: its kind's weight times its rarity.</param>
internal sealed record SharedIdentifier(GroupKind Kind, IReadOnlyList<AccountState> Holders, double Weight);
