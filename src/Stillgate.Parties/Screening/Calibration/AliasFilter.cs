namespace Stillgate.Parties.Screening.Calibration;

/// <summary>
/// Lists give as aliases also names of war, former names and code names, which no comparison of names can find. An alias counts as derived from
/// the name when the folded texts are alike, or when half of the words of the shorter one sound like words of the other.
/// The rule uses no fitted weight, so it does not select for what the matcher finds.
/// </summary>
internal static class AliasFilter
{
    private const double LikeMin = 0.6;

    public static bool IsDerived(string name, string alias, EntitySchema schema)
    {
        var left = NameProfile.Read(name, schema);
        var right = NameProfile.Read(alias, schema);
        if (left.Key.Length == 0 || right.Key.Length == 0 || left.Key == right.Key)
        {
            return false;
        }

        var longer = Math.Max(left.SortedKey.Length, right.SortedKey.Length);
        if (1 - (EditDistance.Of(left.SortedKey, right.SortedKey) / Math.Min(longer, EditDistance.WordCharsMax)) >= LikeMin)
        {
            return true;
        }

        var one = Distinctive(left);
        var other = Distinctive(right);
        var fewer = Math.Min(one.Length, other.Length);
        var alike = one.Count(token => other.Any(counterpart => counterpart.Skeleton == token.Skeleton && token.Skeleton.Length >= 2));
        return fewer >= 2 && alike * 2 > fewer;
    }

    private static NameToken[] Distinctive(NameProfile profile) => [.. profile.Tokens.Where(token => token.Kind == WordKind.Name)];
}
