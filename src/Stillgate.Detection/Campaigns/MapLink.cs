using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>Why two accounts stand in one campaign.</summary>
/// <param name="A">One.</param>
/// <param name="B">The other.</param>
/// <param name="Kind">What they share.</param>
/// <param name="Similarity">How much of what they send is the same, 0 to 1; 1 for an identifier.</param>
internal sealed record MapLink(AccountState A, AccountState B, GroupKind Kind, double Similarity);
