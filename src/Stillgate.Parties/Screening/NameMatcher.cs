namespace Stillgate.Parties.Screening;

/// <summary>
/// Judges whether two names may stand for one party. Symmetric, deterministic, without state: the same pair gives the same score on every
/// machine and in every file. It never throws on any text.
/// </summary>
public static class NameMatcher
{
    /// <summary>The score from which a pair is a match; the weights were fitted so that this is the balance point.</summary>
    public const double Threshold = 0.5;

    private const double SameNameScore = 1;

    // A name that differs at all stays below 1, so that 1 says "the same name".
    private const double DifferentNameCeiling = 0.995;

    /// <summary>The version of the weights in use.</summary>
    public static string ModelVersion => MatchModel.Version;

    /// <summary>Compares two names. A text that holds several ("X; Y", "X a.k.a. Y", "X (Y)") is as near as the nearest of them.</summary>
    /// <param name="left">One name, any text.</param>
    /// <param name="right">The other name, any text.</param>
    /// <param name="schema">How to read both.</param>
    public static MatchResult Compare(string left, string right, EntitySchema schema)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (schema == EntitySchema.Unknown)
        {
            schema = SchemaGuess.LooksPersonal(left) && SchemaGuess.LooksPersonal(right) ? EntitySchema.Person : EntitySchema.Organization;
        }

        MatchResult? best = null;
        var lefts = NameAlternatives.Of(left, schema == EntitySchema.Person);
        var rights = NameAlternatives.Of(right, schema == EntitySchema.Person);
        foreach (var (one, isBracket) in lefts)
        {
            foreach (var (other, isOtherBracket) in rights)
            {
                // "Yazd Metallurgy (YMI)" and "Yazd Textile (YMI)" differ, whatever their brackets say.
                if ((isBracket && rights.Length > 1) || (isOtherBracket && lefts.Length > 1))
                {
                    continue;
                }

                best = Best(one, other, schema, best);
            }
        }

        return best!.Of(left, right);
    }

    private static MatchResult Best(string one, string other, EntitySchema schema, MatchResult? best)
    {
        foreach (var left in NameProfile.Readings(one, schema))
        {
            foreach (var right in NameProfile.Readings(other, schema))
            {
                var result = Compare(left, right);
                best = best is null || result.Score > best.Score ? result : best;
            }
        }

        return best!;
    }

    /// <summary>Compares two names that were read the same way.</summary>
    /// <exception cref="ArgumentException">One was read as a person's name and the other as an organisation's.</exception>
    public static MatchResult Compare(NameProfile left, NameProfile right) => Compare(left, right, corroboration: null);

    /// <summary>Compares two names with what else is known of the two parties.</summary>
    /// <param name="left">One name.</param>
    /// <param name="right">The other name.</param>
    /// <param name="corroboration">Agreement or contradiction of dates and countries, or null where neither is known on both sides.</param>
    /// <exception cref="ArgumentException">One was read as a person's name and the other as an organisation's.</exception>
    public static MatchResult Compare(NameProfile left, NameProfile right, Corroboration? corroboration)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Reading != right.Reading)
        {
            throw new ArgumentException("The two names were read as different sorts of party.", nameof(right));
        }

        if (left.Joined.Length == 0 || right.Joined.Length == 0)
        {
            // Nothing readable, or only words that say nothing ("The", "No."): only the same text is the same name.
            var isSame = left.Original.Length > 0 && (left.Original == right.Original || (left.Key.Length > 0 && left.Key == right.Key));
            return new MatchResult(isSame ? SameNameScore : 0, left, right, isSwapped: false, null, null, null);
        }

        // One order for both directions makes the score symmetric whatever ties the alignment has to break.
        var isSwapped = string.CompareOrdinal(left.Key, right.Key) > 0;
        var (one, other) = isSwapped ? (right, left) : (left, right);
        if (one.Key == other.Key && (one.LegalForms == other.LegalForms || one.Reading == EntitySchema.Person) && corroboration is not { LogOdds: < 0 })
        {
            return new MatchResult(SameNameScore, one, other, isSwapped, null, null, corroboration);
        }

        var alignment = NameAligner.Align(one, other);
        var features = one.Reading == EntitySchema.Person ? PersonFeatures.Of(one, other, alignment) : OrganizationFeatures.Of(one, other, alignment);
        var model = one.Reading == EntitySchema.Person ? MatchModel.Person : MatchModel.Organization;
        var score = Math.Min(DifferentNameCeiling, Logistic(model.LogOdds(features.Values) + (corroboration?.LogOdds ?? 0)));
        return new MatchResult(score, one, other, isSwapped, alignment, features, corroboration);
    }

    internal static (Features Features, bool IsSame) Measure(string left, string right, EntitySchema schema)
    {
        var result = Compare(left, right, schema);
        return (result.Measured ?? default, result.Measured is null);
    }

    private static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
