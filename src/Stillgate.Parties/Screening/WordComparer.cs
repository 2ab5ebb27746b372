namespace Stillgate.Parties.Screening;

/// <summary>Compares two words of names. Symmetric: swapping the words never changes the value or the reason.</summary>
internal static class WordComparer
{
    private const double VariantValue = 0.97;
    private const double ShortFormValue = 0.92;
    private const double SameSoundValue = 0.96;
    private const double SameInGreekValue = 0.94;
    private const double NearInGreekMin = 0.75;
    private const double TranslationValue = 0.96;
    private const double RelatedValue = 0.62;
    private const double ScrambledValue = 0.7;
    private const double MisreadValue = 0.85;
    private const double KnownDifferentCeiling = 0.4;

    public static WordSimilarity Compare(NameToken left, NameToken right)
    {
        if (left.Text == right.Text && (left.Kind == WordKind.Number) == (right.Kind == WordKind.Number))
        {
            return new WordSimilarity(1, SimilarityReason.Same);
        }

        if (left.Kind == WordKind.Number || right.Kind == WordKind.Number || left.Kind == WordKind.Suffix || right.Kind == WordKind.Suffix)
        {
            return left.Kind == right.Kind && left.Kind == WordKind.Suffix && Lexicon.Suffix(left.Text) == Lexicon.Suffix(right.Text)
                ? new WordSimilarity(1, SimilarityReason.Same)
                : WordSimilarity.None;
        }

        if (left.Kind == WordKind.Initial || right.Kind == WordKind.Initial)
        {
            return CompareInitial(left, right);
        }

        if (left.Concept >= 0 && right.Concept >= 0 && left.Concept != right.Concept)
        {
            // "Iran" and "Iraq", "northern" and "southern" are alike only to the eye.
            return new WordSimilarity(0.1, SimilarityReason.KnownDifferent);
        }

        var byLexicon = left.Concept >= 0 && left.Concept == right.Concept ? CompareSense(left, right) : ComparePersonal(left, right);
        return byLexicon ?? CompareSpelling(left, right);
    }

    private static WordSimilarity CompareInitial(NameToken left, NameToken right)
    {
        // A single vowel of an abjad or a syllable of Han is no initial.
        return left.Text[0] == right.Text[0] || left.Sound[0] == right.Sound[0]
            ? new WordSimilarity(left.Kind == right.Kind ? 1 : 0.85, SimilarityReason.Initial)
            : WordSimilarity.None;
    }

    private static WordSimilarity? CompareSense(NameToken left, NameToken right)
    {
        if (left.Script != right.Script || left.Kind is WordKind.Place or WordKind.Stop or WordKind.Name)
        {
            return new WordSimilarity(TranslationValue, SimilarityReason.Translation);
        }

        // One line of the lexicon holds translations and kin ("airline", "jet"); likeness of spelling tells the two apart.
        var spelling = Ratio(left.Sound, right.Sound);
        return spelling >= 0.55 || SharedPrefix(left.Sound, right.Sound) >= 3 || left.Kind == WordKind.Descriptor
            ? new WordSimilarity(TranslationValue, SimilarityReason.Translation)
            : new WordSimilarity(RelatedValue, SimilarityReason.RelatedWord);
    }

    private static WordSimilarity? ComparePersonal(NameToken left, NameToken right)
    {
        if (left.Groups.Length == 0 || right.Groups.Length == 0)
        {
            return IsFeminineOf(left, right) || IsFeminineOf(right, left) ? new WordSimilarity(KnownDifferentCeiling, SimilarityReason.GenderFlip) : null;
        }

        if (left.Script == Script.Han && right.Script == Script.Han)
        {
            // One reading has many spellings in characters, each another name.
            return null;
        }

        foreach (var group in left.Groups)
        {
            if (Array.IndexOf(right.Groups, group) >= 0)
            {
                return Ratio(left.Sound, right.Sound) >= 0.5 || left.Script != right.Script
                    ? new WordSimilarity(VariantValue, SimilarityReason.Variant)
                    : new WordSimilarity(ShortFormValue, SimilarityReason.ShortForm);
            }
        }

        if (left.Sound == right.Sound && left.Sound.Length > 3)
        {
            return new WordSimilarity(SameSoundValue, SimilarityReason.SameSound);
        }

        var flipped = IsGenderFlip(left, right);
        var spelling = Math.Min(KnownDifferentCeiling, Ratio(left.Text, right.Text));
        return new WordSimilarity(spelling, flipped ? SimilarityReason.GenderFlip : SimilarityReason.KnownDifferent);
    }

    /// <summary>"Roberta" is a woman's name because "Robert" is a man's, whether or not it is listed.</summary>
    private static bool IsFeminineOf(NameToken word, NameToken known)
    {
        const int KnownCharsMin = 4;
        return word.Groups.Length == 0 && known.Text.Length >= KnownCharsMin && known.Groups.Length > 0 && Array.TrueForAll(known.Groups, group => group.Gender == 'm')
            && (word.Text == known.Text + "a" || word.Text == known.Text + "ina" || (known.Text[^1] == 'o' && word.Text == known.Text[..^1] + "a"));
    }

    private static bool IsGenderFlip(NameToken left, NameToken right) =>
        left.Groups.Any(one => right.Groups.Any(other => (one.Gender, other.Gender) is ('m', 'f') or ('f', 'm'))) && SharedPrefix(left.Text, right.Text) >= 3;

    private static WordSimilarity CompareSpelling(NameToken left, NameToken right)
    {
        if (left.Sound == right.Sound && left.Sound.Length > 1)
        {
            return new WordSimilarity(SameSoundValue, SimilarityReason.SameSound);
        }

        if (Scripts.IsAbjad(left.Script) != Scripts.IsAbjad(right.Script))
        {
            return CompareConsonants(left, right);
        }

        if ((left.Script == Script.Other) != (right.Script == Script.Other))
        {
            // Indic and other scripts carry vowels, but romanise them by rules that no name's usual spelling follows.
            var consonants = CompareConsonants(left, right);
            var spelled = CompareLetters(left, right);
            return consonants.Value > spelled.Value ? consonants : spelled;
        }

        if (left.Script == Script.Greek || right.Script == Script.Greek)
        {
            // The key is short and says little: below a near agreement it makes one name of two.
            var (spelled, inGreek) = (CompareLetters(left, right), SameInGreekValue * Ratio(GreekSpelling.Of(left.Text), GreekSpelling.Of(right.Text)));
            return inGreek > spelled.Value && inGreek >= NearInGreekMin ? new WordSimilarity(inGreek, inGreek >= SameInGreekValue ? SimilarityReason.SameSound : SimilarityReason.Spelling) : spelled;
        }

        return CompareLetters(left, right);
    }

    private static WordSimilarity CompareLetters(NameToken left, NameToken right)
    {
        // Words with hardly a letter in common are the usual case, and need no distance.
        var shared = System.Numerics.BitOperations.PopCount(left.Letters & right.Letters);
        if (shared * 3 < Math.Min(System.Numerics.BitOperations.PopCount(left.Letters), System.Numerics.BitOperations.PopCount(right.Letters)))
        {
            return WordSimilarity.None;
        }

        if (GenderForms.Agree(left.Text, right.Text))
        {
            return new WordSimilarity(0.93, SimilarityReason.GenderForm);
        }

        var article = WithoutArticle(left.Text, right.Text);
        var spelling = Compound(left.Text, right.Text) ?? Math.Max(Math.Max(Ratio(left.Text, right.Text), Ratio(left.Sound, right.Sound) * 0.98), article);
        spelling = Math.Max(spelling, Math.Max(Scrambled(left.Text, right.Text), Misread(left.Text, right.Text)));
        var shortened = Abbreviation(left, right);
        return shortened > spelling ? new WordSimilarity(shortened, SimilarityReason.Abbreviation)
            : spelling <= 0 ? WordSimilarity.None
            : new WordSimilarity(spelling, SimilarityReason.Spelling);
    }

    private static WordSimilarity CompareConsonants(NameToken left, NameToken right)
    {
        var one = Stripped(left, right);
        var other = Stripped(right, left);
        if (one.Length == 0 || other.Length == 0)
        {
            return one.Length == other.Length ? new WordSimilarity(0.8, SimilarityReason.Consonants) : WordSimilarity.None;
        }

        var distance = EditDistance.Of(one, other) / Math.Max(one.Length, other.Length);
        var value = one == other ? (one.Length > 1 ? 0.95 : 0.85) : Math.Max(0, 0.95 - (1.6 * distance));
        return new WordSimilarity(value, SimilarityReason.Consonants);
    }

    /// <summary>The consonants without the Arabic article, which Arabic writes together with the name and Latin mostly apart.</summary>
    private static string Stripped(NameToken token, NameToken other)
    {
        if (!Scripts.IsAbjad(token.Script))
        {
            return HasWrittenArticle(other) && HasArticle(token.Text) && token.Skeleton.Length > 1 && token.Skeleton[0] == 'l' ? token.Skeleton[1..] : token.Skeleton;
        }

        // "Qa'ida" ends in a letter that is written h and not spoken.
        var bare = token.Skeleton.Length > 1 && token.Skeleton[^1] == 'h' ? token.Skeleton[..^1] : token.Skeleton;
        return HasWrittenArticle(token) && bare.Length > 1 ? bare[1..] : bare;
    }

    private static bool HasWrittenArticle(NameToken token) => token.Raw.Length > 4 && token.Raw.StartsWith("ال", StringComparison.Ordinal);

    private static double WithoutArticle(string left, string right)
    {
        var one = HasArticle(left) ? left[2..] : left;
        var other = HasArticle(right) ? right[2..] : right;
        return one.Length == left.Length && other.Length == right.Length ? 0 : 0.95 * Ratio(one, other);
    }

    /// <summary>Compounds with abdul-, -ullah and -uddin are compared by the part that differs from name to name; null where neither is one.</summary>
    private static double? Compound(string left, string right)
    {
        const double PartOnly = 0.85;
        var one = ArabicCompounds.Core(left);
        var other = ArabicCompounds.Core(right);
        if (one.Length == left.Length && other.Length == right.Length)
        {
            return null;
        }

        var bothSame = left.Length - one.Length == right.Length - other.Length;
        return (bothSame ? 1 : PartOnly) * Math.Max(Ratio(one, other), Ratio(SoundKey.Of(one), SoundKey.Of(other)) * 0.98);
    }

    private static bool HasArticle(string text) =>
        text.Length >= 6 && (text.StartsWith("al", StringComparison.Ordinal) || text.StartsWith("el", StringComparison.Ordinal) || text.StartsWith("ul", StringComparison.Ordinal));

    /// <summary>One word begins the other and was marked as cut short.</summary>
    private static double Abbreviation(NameToken left, NameToken right)
    {
        var (one, other) = left.Text.Length <= right.Text.Length ? (left, right) : (right, left);
        if (one.Text.Length < 2 || !other.Text.StartsWith(one.Text, StringComparison.Ordinal))
        {
            return 0;
        }

        return one.IsAbbreviated ? 0.9 : 0;
    }

    /// <summary>"Atkinnos" and "Atkinson", "Olirev" and "Oliver": fingers that hit the right keys in the wrong order, seldom another name where the letters are many.</summary>
    private static double Scrambled(string left, string right)
    {
        const int LettersMin = 6;
        if (left.Length != right.Length || left.Length < LettersMin || left[0] != right[0])
        {
            return 0;
        }

        Span<int> counts = stackalloc int[128];
        counts.Clear();
        for (var at = 0; at < left.Length; at++)
        {
            counts[left[at] & 127]++;
            counts[right[at] & 127]--;
        }

        return counts.IndexOfAnyExcept(0) < 0 ? ScrambledValue : 0;
    }

    /// <summary>"Turner" and "Tumer": to a machine that reads paper r and n together are an m.</summary>
    private static double Misread(string left, string right)
    {
        const int LettersMin = 5;
        return Math.Abs(left.Length - right.Length) == 1 && Math.Min(left.Length, right.Length) >= LettersMin
            && left.Replace("rn", "m", StringComparison.Ordinal) == right.Replace("rn", "m", StringComparison.Ordinal) ? MisreadValue : 0;
    }

    /// <summary>1 less twice the share of the longer word that must change: one changed letter of six leaves 0.67.</summary>
    public static double Ratio(string left, string right)
    {
        var longer = Math.Max(left.Length, right.Length);
        if (longer == 0 || Math.Abs(left.Length - right.Length) * 2 > longer)
        {
            return 0;
        }

        // From half of the longer word on the ratio is 0, however much more they differ.
        return Math.Max(0, 1 - (2 * EditDistance.Of(left, right, longer / 2.0) / longer));
    }

    private static int SharedPrefix(string left, string right) => left.AsSpan().CommonPrefixLength(right);
}
