using Stillgate.Parties.Places;
using Stillgate.Policy.Expressions;
using Stillgate.Policy.Rules;

namespace Stillgate.Server.Places;

/// <summary>
/// Puts the facts of a place where rules read them. This is the only way from a place to a decision: no detector, score or link takes one.
/// </summary>
internal static class PlaceAccountFacts
{
    /// <summary>The account's facts with those of its place; what is undetermined is left out, and a rule that asks for it gets <c>undetermined</c>.</summary>
    /// <param name="account">The facts so far.</param>
    /// <param name="place">The facts of the place.</param>
    /// <param name="index">The places file that they come from, named as their source.</param>
    public static AccountFacts With(AccountFacts account, PlaceFacts place, PlacesIndex index)
    {
        var facts = new Dictionary<string, ExpressionValue>(account.Facts, StringComparer.Ordinal);
        var sources = new Dictionary<string, FactSource>(account.Sources, StringComparer.Ordinal);
        var versions = string.Join(", ", index.Sources.Select(source => $"{source.Name} {source.Version}"));
        Add("place.agreement", place.Agreement);
        Add("place.country", place.Country);
        Add("place.network", place.Network);
        return account with { Facts = facts, Sources = sources };

        void Add(string name, string? value)
        {
            if (value is null)
            {
                facts.Remove(name);
                return;
            }

            facts[name] = ExpressionValue.Of(value);
            sources[name] = new FactSource("places: " + versions, index.Built);
        }
    }
}
