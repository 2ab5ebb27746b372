namespace Stillgate.Parties.Places;

/// <summary>
/// An answer in the words of rules. What is null is undetermined. These facts go to rules and nowhere else: nothing that scores behaviour may read them.
/// </summary>
/// <param name="Country"><c>place.country</c>: the country, only where two bases or more agree on it.</param>
/// <param name="Agreement"><c>place.agreement</c>: <c>unanimous</c>, <c>majority</c>, <c>split</c>, <c>single</c> or <c>none</c>.</param>
/// <param name="Network"><c>place.network</c>: <c>tor</c>, <c>relay</c>, <c>vpn</c>, <c>hosting</c> or <c>unlisted</c>; null where no list was loaded.</param>
/// <param name="SpeakingCount">How many bases speak of the country.</param>
/// <param name="SupportingCount">How many of them say the leading country.</param>
/// <param name="Declared">The declared place against the observed one.</param>
public readonly record struct PlaceFacts(string? Country, string Agreement, string? Network, int SpeakingCount, int SupportingCount, DeclaredPlace Declared)
{
    /// <summary>Puts an answer into words; allocates nothing.</summary>
    /// <param name="answer">What the sources say.</param>
    /// <param name="declared">The country that the account declares, a code of two letters, or null.</param>
    /// <param name="knowsClasses">Whether any list of a network class was loaded.</param>
    public static PlaceFacts Of(PlaceAnswer answer, string? declared, bool knowsClasses) => new(
        answer.Country.IsKnown ? answer.Country.ToString() : null,
        AgreementText(answer.Agreement),
        ClassText(answer.Class, knowsClasses),
        answer.Speaking,
        answer.Supporting,
        Compare(answer, declared));

    /// <summary>The word of a rule for an agreement.</summary>
    public static string AgreementText(PlaceAgreement agreement) => agreement switch
    {
        PlaceAgreement.Unanimous => "unanimous",
        PlaceAgreement.Majority => "majority",
        PlaceAgreement.Split => "split",
        PlaceAgreement.Alone => "single",
        _ => "none",
    };

    private static string? ClassText(NetworkClasses networkClass, bool knowsClasses) => networkClass switch
    {
        NetworkClasses.Tor => "tor",
        NetworkClasses.Relay => "relay",
        NetworkClasses.Vpn => "vpn",
        NetworkClasses.Hosting => "hosting",
        _ => knowsClasses ? "unlisted" : null,
    };

    // An exit of Tor or of a VPN, and a server in a data centre, stand where they stand, whoever uses them. A relay keeps the coarse place of its user.
    private static DeclaredPlace Compare(PlaceAnswer answer, string? declared)
    {
        var code = CountryCode.Parse(declared);
        return !code.IsKnown || !answer.Country.IsKnown || answer.Class is NetworkClasses.Tor or NetworkClasses.Vpn or NetworkClasses.Hosting
            ? DeclaredPlace.Undetermined
            : code == answer.Country ? DeclaredPlace.Same : DeclaredPlace.Differs;
    }
}
