namespace Stillgate.Parties.Registry;

/// <summary>What is known of one field at a moment, and who said so when.</summary>
/// <param name="Values">The values; never empty.</param>
/// <param name="Statement">The statement that stands.</param>
public sealed record StatedValue(IReadOnlyList<string> Values, PartyStatement Statement)
{
    /// <summary>The first value.</summary>
    public string One => Values[0];
}
