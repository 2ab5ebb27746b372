namespace Stillgate.Parties.Screening;

/// <summary>Puts an alignment into words.</summary>
internal static class MatchWords
{
    public static string Explain(NameProfile left, NameProfile right, bool isSwapped, NameAlignment? alignment, string? corroboration)
    {
        if (alignment is null)
        {
            var same = left.Joined.Length == 0 || right.Joined.Length == 0 ? "nothing to compare in one of the names" : "the same name once case, marks, legal form and order are set aside";
            return corroboration is null ? same : same + "; " + corroboration;
        }

        var parts = new List<string>();
        var exact = alignment.Pairs.Where(pair => pair.Similarity.Reason == SimilarityReason.Same).Select(pair => pair.Left.Raw).ToArray();
        if (exact.Length > 0)
        {
            parts.Add("same: " + string.Join(' ', exact));
        }

        foreach (var pair in alignment.Pairs.Where(pair => pair.Similarity.Reason != SimilarityReason.Same))
        {
            var (one, other) = isSwapped ? (pair.Right, pair.Left) : (pair.Left, pair.Right);
            parts.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{one.Raw} ~ {other.Raw} ({Words(pair.Similarity.Reason)}, {pair.Similarity.Value:0.00})"));
        }

        AddLeftOver(parts, "only left", isSwapped ? alignment.RightOver : alignment.LeftOver);
        AddLeftOver(parts, "only right", isSwapped ? alignment.LeftOver : alignment.RightOver);
        AddWhole(parts, left, right, alignment);
        if (corroboration is not null)
        {
            parts.Add(corroboration);
        }

        return parts.Count == 0 ? "only words that say nothing" : string.Join("; ", parts);
    }

    private static void AddLeftOver(List<string> parts, string side, List<NameToken> tokens)
    {
        if (tokens.Count > 0)
        {
            parts.Add($"{side}: {string.Join(", ", tokens.Select(token => $"{token.Raw} ({Words(token.Kind)})"))}");
        }
    }

    private static void AddWhole(List<string> parts, NameProfile left, NameProfile right, NameAlignment alignment)
    {
        if (alignment.Acronym is not null)
        {
            parts.Add($"{alignment.Acronym} spells the other name's initials");
        }

        if (alignment.IsReordered)
        {
            parts.Add("different order");
        }

        var one = left.LegalForms & ~LegalForms.Generic;
        var other = right.LegalForms & ~LegalForms.Generic;
        if (one != other)
        {
            parts.Add(one == LegalForms.None || other == LegalForms.None ? "legal form on one side only" : (one & other) != LegalForms.None ? "legal forms agree in part" : "legal forms differ");
        }
    }

    private static string Words(SimilarityReason reason) => reason switch
    {
        SimilarityReason.SameSound => "other romanisation",
        SimilarityReason.Variant => "variant of the name",
        SimilarityReason.ShortForm => "short form",
        SimilarityReason.Translation => "same meaning",
        SimilarityReason.RelatedWord => "related word",
        SimilarityReason.Abbreviation => "abbreviation",
        SimilarityReason.Initial => "initial",
        SimilarityReason.Consonants => "consonants",
        SimilarityReason.GenderForm => "gender form of a surname",
        SimilarityReason.KnownDifferent => "two different known names",
        SimilarityReason.GenderFlip => "given name of the other gender",
        _ => "spelling",
    };

    private static string Words(WordKind kind) => kind switch
    {
        WordKind.Name => "name",
        WordKind.Initial => "initial",
        WordKind.Number => "number",
        WordKind.Place => "place",
        WordKind.Activity => "activity",
        WordKind.Arm => "line of business",
        WordKind.Descriptor => "descriptor",
        WordKind.Body => "part of a body",
        WordKind.Particle => "particle",
        WordKind.Title => "title",
        WordKind.Suffix => "suffix",
        _ => "word",
    };
}
