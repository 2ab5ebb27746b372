namespace Stillgate.Parties.Screening.Calibration;

/// <summary>How people's names vary, and how they are changed into another person's. The judgement of which is which is ours.</summary>
internal static class PersonDeviations
{
    public static readonly Deviation[] All =
    [
        new("typing slip", true, (random, words, _) => Each(random, words, Typing.Slip, 1)),
        new("two typing slips", true, (random, words, _) => words.Length >= 2 && words.Sum(word => word.Length) >= 13 ? Each(random, words, Typing.Slip, 2) : null),
        new("romanisation", true, (random, words, _) => Each(random, words, Typing.Romanise, 1)),
        new("two romanisations", true, (random, words, _) => Each(random, words, Typing.Romanise, 2)),
        new("marks", true, (random, words, _) => Each(random, words, Typing.AddMarks, 1)),
        new("order", true, (_, words, _) => words.Length >= 2 ? string.Join(' ', words[^1..].Concat(words[..^1])) : null),
        new("order with comma", true, (_, words, _) => words.Length >= 2 ? words[^1] + ", " + string.Join(' ', words[..^1]) : null),
        new("order and slip", true, (random, words, _) => words.Length >= 2 && Each(random, words, Typing.Slip, 1) is { } changed ? Reorder(changed.Split(' ')) : null),
        new("initial for given name", true, (_, words, _) => words.Length >= 2 && words[0].Length > 2 ? words[0][..1] + ". " + string.Join(' ', words[1..]) : null),
        new("initial for middle name", true, (_, words, _) => words.Length == 3 && words[1].Length > 3 ? $"{words[0]} {words[1][0]}. {words[2]}" : null),
        new("middle name left out", true, (_, words, _) => words.Length is 3 or 4 && words.All(word => word.Length > 3) ? words[0] + " " + words[^1] : null),
        new("one of four words left out", true, (random, words, _) => words.Length >= 4 ? string.Join(' ', words.Where((_, at) => at != 1 + (random.Next(3) % (words.Length - 2)))) : null),
        new("middle name added", true, (random, words, pool) => words.Length == 2 && pool.Given(random, words[0]) is { } given ? $"{words[0]} {given} {words[1]}" : null),
        new("middle initial added", true, (random, words, _) => words.Length == 2 ? $"{words[0]} {(char)('a' + random.Next(26))}. {words[1]}" : null),
        new("title added", true, (random, words, _) => Pick(random, "Dr. ", "Mr. ", "Sheikh ", "General ", "Haji ", "Prof. ") + string.Join(' ', words)),
        new("short form or variant", true, (random, words, _) => Variant(random, words)),
        new("written together", true, (random, words, _) => words.Length >= 3 ? Together(random.Next(words.Length - 1), words) : null),
        new("hyphenated", true, (_, words, _) => words.Length >= 3 ? $"{string.Join(' ', words[..^2])} {words[^2]}-{words[^1]}" : null),
        new("cyrillic", true, (_, words, _) => words.All(IsLatin) ? Renditions.ToCyrillic(string.Join(' ', words)) : null),
        new("arabic", true, (_, words, _) => words.All(IsLatin) ? Renditions.ToArabic(string.Join(' ', words)) : null),
        new("greek", true, (_, words, _) => words.All(IsLatin) ? Renditions.ToGreek(string.Join(' ', words)) : null),
        new("suffix added", true, (random, words, _) => words.Length >= 2 ? string.Join(' ', words) + Pick(random, " Jr.", " Sr.", " II", " III") : null),
        new("other suffix", false, (random, words, _) => words.Length >= 2 && Lexicon.IsSuffix(Latinizer.Fold(Latinizer.Clean(words[^1]))) ? string.Join(' ', words[..^1]) + (Lexicon.Suffix(Latinizer.Fold(Latinizer.Clean(words[^1]))) == "junior" ? " Sr." : " Jr.") : null),
        new("other given name", false, (random, words, pool) => words.Length >= 2 && pool.Given(random, words[0]) is { } other ? Replace(words, 0, other) : null),
        new("near given name", false, (random, words, pool) => words.Length >= 2 && pool.NearGiven(random, words[0]) is { } other ? Replace(words, 0, other) : null),
        new("known other given name", false, (random, words, _) => KnownOther(random, words)),
        new("given name of the other gender", false, (random, words, _) => OtherGender(random, words)),
        new("other family name", false, (random, words, pool) => words.Length >= 2 && pool.Family(random, words[^1]) is { } other ? Replace(words, words.Length - 1, other) : null),
        new("near family name", false, (random, words, pool) => words.Length >= 2 && pool.NearFamily(random, words[^1]) is { } other ? Replace(words, words.Length - 1, other) : null),
        new("other middle name", false, (random, words, pool) => words.Length == 3 && words[1].Length > 3 && pool.Given(random, words[1]) is { } other ? Replace(words, 1, other) : null),
        new("near middle name", false, (random, words, pool) => words.Length == 3 && words[1].Length > 3 && pool.NearGiven(random, words[1]) is { } other ? Replace(words, 1, other) : null),
        new("other given and middle name", false, (random, words, pool) => words.Length >= 3 && pool.Given(random, words[0]) is { } one && pool.Given(random, words[1]) is { } two ? Replace(Replace(words, 0, one).Split(' '), 1, two) : null),
        new("other given name in cyrillic", false, (random, words, pool) => words.Length >= 2 && words.All(IsLatin) && pool.NearGiven(random, words[0]) is { } other ? Renditions.ToCyrillic(Replace(words, 0, other)) : null),
        new("other given name in arabic", false, (random, words, pool) => words.Length >= 2 && words.All(IsLatin) && pool.Given(random, words[0]) is { } other ? Renditions.ToArabic(Replace(words, 0, other)) : null),
        new("other family name in cyrillic", false, (random, words, pool) => words.Length >= 2 && words.All(IsLatin) && pool.NearFamily(random, words[^1]) is { } other ? Renditions.ToCyrillic(Replace(words, words.Length - 1, other)) : null),
        new("other initial", false, (random, words, _) => words.Length == 2 && words[0].Length > 2 ? $"{OtherLetter(random, words[0][0])}. {words[1]}" : null),
        new("family name only", false, (_, words, _) => words.Length >= 2 ? words[^1] : null),
        new("family name with another's", false, (random, words, pool) => words.Length >= 2 && pool.Given(random, words[0]) is { } one && pool.Family(random, words[^1]) is { } two ? $"{one} {words[^1]} {two}" : null),
        new("other given name in greek", false, (random, words, pool) => words.Length >= 2 && words.All(IsLatin) && pool.NearGiven(random, words[0]) is { } other ? Renditions.ToGreek(Replace(words, 0, other)) : null),
        new("other family name in greek", false, (random, words, pool) => words.Length >= 2 && words.All(IsLatin) && pool.NearFamily(random, words[^1]) is { } other ? Renditions.ToGreek(Replace(words, words.Length - 1, other)) : null),
    ];

    private static bool IsLatin(string word) => word.All(letter => letter < 0x250);

    private static string Pick(Random random, params string[] options) => options[random.Next(options.Length)];

    private static string Replace(string[] words, int at, string with) => string.Join(' ', words.Select((word, index) => index == at ? with : word));

    private static string Reorder(string[] words) => string.Join(' ', words[^1..].Concat(words[..^1]));

    private static string Together(int at, string[] words) => string.Join(' ', words[..at].Append(words[at] + words[at + 1]).Concat(words[(at + 2)..]));

    private static char OtherLetter(Random random, char not)
    {
        var letter = (char)('a' + random.Next(26));
        return letter == char.ToLowerInvariant(not) || (letter, char.ToLowerInvariant(not)) is ('k', 'q') or ('q', 'k') or ('k', 'c') or ('c', 'k') or ('y', 'i') or ('i', 'y') or ('v', 'w') or ('w', 'v') or ('j', 'y') or ('y', 'j') ? 'b' : letter;
    }

    /// <summary>Changes the given number of words by a slip; null where fewer words can be changed.</summary>
    internal static string? Each(Random random, string[] words, Func<Random, string, string?> slip, int count)
    {
        var changed = words.ToArray();
        var order = Enumerable.Range(0, words.Length).ToArray();
        random.Shuffle(order);
        foreach (var at in order)
        {
            if (count > 0 && slip(random, words[at]) is { } other && other != words[at])
            {
                changed[at] = other;
                count--;
            }
        }

        return count == 0 ? string.Join(' ', changed) : null;
    }

    private static string? Variant(Random random, string[] words)
    {
        var at = Array.FindIndex(words, word => LexiconSamples.Variants(word).Length > 0);
        return at < 0 ? null : Replace(words, at, LexiconSamples.Variants(words[at]) is var variants ? variants[random.Next(variants.Length)] : "");
    }

    private static string? KnownOther(Random random, string[] words) =>
        words.Length >= 2 && LexiconSamples.Others(words[0], sameGender: true) is { Length: > 0 } others ? Replace(words, 0, others[random.Next(others.Length)]) : null;

    private static string? OtherGender(Random random, string[] words) =>
        words.Length >= 2 && LexiconSamples.Others(words[0], sameGender: false).Where(other => other.Length > 3 && words[0].Length > 3 && other.StartsWith(words[0][..3], StringComparison.OrdinalIgnoreCase)).ToArray() is { Length: > 0 } others
            ? Replace(words, 0, others[random.Next(others.Length)])
            : null;
}
