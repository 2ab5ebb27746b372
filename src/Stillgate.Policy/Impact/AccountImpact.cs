namespace Stillgate.Policy.Impact;

/// <summary>What a change of policy does to one account, for one way in which its exchanges are decided otherwise.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kind">Its kind of customer.</param>
/// <param name="Change"><c>denied</c>, <c>freed</c>, <c>undetermined</c> or <c>other</c>.</param>
/// <param name="Before">The outcome before.</param>
/// <param name="BeforeRule">The rule before, or null.</param>
/// <param name="After">The outcome after.</param>
/// <param name="AfterRule">The rule after, or null.</param>
/// <param name="Undetermined">Whether the rule after hangs on facts that are not known.</param>
/// <param name="Exchanges">How many exchanges.</param>
/// <param name="First">The first of them.</param>
public sealed record AccountImpact(
    string Account, string Kind, string Change, string Before, string? BeforeRule, string After, string? AfterRule, bool Undetermined, long Exchanges, DateTimeOffset First);
