namespace Stillgate.Parties.Screening.Calibration;

/// <summary>How organisations' names vary, and how they are changed into another organisation's. The judgement of which is which is ours.</summary>
internal static class OrganizationDeviations
{
    public static readonly Deviation[] All =
    [
        new("typing slip", true, (random, words, _) => PersonDeviations.Each(random, words, Typing.Slip, 1)),
        new("two typing slips", true, (random, words, _) => words.Sum(word => word.Length) >= 16 ? PersonDeviations.Each(random, words, Typing.Slip, 2) : null),
        new("romanisation", true, (random, words, _) => PersonDeviations.Each(random, words, Typing.Romanise, 1)),
        new("marks", true, (random, words, _) => PersonDeviations.Each(random, words, Typing.AddMarks, 1)),
        new("legal form left out", true, (_, words, _) => OrganizationWords.WithoutForm(words)),
        new("legal form added", true, (random, words, _) => OrganizationWords.HasForm(words) ? null : string.Join(' ', words) + " " + Pick(random, "LLC", "Ltd", "Limited", "GmbH", "S.A.", "Inc.", "Co., Ltd.", "OOO", "JSC", "AG", "S.A.R.L.", "Corp")),
        new("other word for the legal form", true, (random, words, _) => OrganizationWords.SameClass(random, words)),
        new("other class of legal form", true, (random, words, _) => OrganizationWords.OtherClass(random, words)),
        new("legal form in front", true, (_, words, _) => OrganizationWords.FormInFront(words)),
        new("word abbreviated", true, (random, words, _) => OrganizationWords.Abbreviate(random, words)),
        new("word translated", true, (random, words, _) => OrganizationWords.Translate(random, words)),
        new("stop words", true, (_, words, _) => OrganizationWords.StopWords(words)),
        new("descriptor left out", true, (_, words, _) => OrganizationWords.WithoutDescriptor(words)),
        new("descriptor added", true, (random, words, _) => string.Join(' ', words) + " " + Pick(random, "Group", "Company", "Holding", "Corporation", "Holdings", "Enterprises")),
        new("order", true, (random, words, _) => OrganizationWords.Reorder(random, words)),
        new("acronym", true, (_, words, _) => OrganizationWords.Acronym(words)),
        new("acronym added", true, (_, words, _) => OrganizationWords.Acronym(words) is { } acronym ? $"{string.Join(' ', words)} ({acronym})" : null),
        new("written together", true, (random, words, _) => OrganizationWords.Together(random, words)),
        new("written apart", true, (random, words, _) => OrganizationWords.Apart(random, words)),
        new("numbers in words", true, (_, words, _) => OrganizationWords.NumbersInWords(words)),
        new("slip and no legal form", true, (random, words, _) => OrganizationWords.WithoutForm(words) is { } bare ? PersonDeviations.Each(random, bare.Split(' '), Typing.Slip, 1) : null),
        new("cyrillic", true, (_, words, _) => words.All(IsLatin) ? Renditions.ToCyrillic(OrganizationWords.WithoutForm(words) ?? string.Join(' ', words)) : null),
        new("arabic", true, (_, words, _) => words.All(IsLatin) ? Renditions.ToArabic(OrganizationWords.WithoutForm(words) ?? string.Join(' ', words)) : null),
        new("activity of the long form added", true, (random, words, _) => OrganizationWords.Count(words, WordKind.Activity) == 0 ? OrganizationWords.BeforeForm(words, OrganizationWords.Self(random)) : null),
        new("activity left out", true, (_, words, _) => words.Length >= 4 ? OrganizationWords.WithoutLastActivity(words) : null),
        new("home country added", true, (random, words, _) => OrganizationWords.Count(words, WordKind.Place) == 0 && OrganizationWords.Count(words, WordKind.Name) > 0 ? OrganizationWords.BeforeForm(words, "of " + OrganizationWords.Country(random)) : null),
        new("home city in front", true, (random, words, _) => OrganizationWords.Count(words, WordKind.Place) == 0 && OrganizationWords.Count(words, WordKind.Name) > 0 && !OrganizationWords.StartsWithForm(words) ? $"{OrganizationWords.City(random)} {string.Join(' ', words)}" : null),
        new("other number", false, (random, words, _) => OrganizationWords.OtherNumber(random, words)),
        new("number added", false, (random, words, _) => string.Join(' ', words) + " " + Pick(random, "No. ", "", "Unit ") + (2 + random.Next(40))),
        new("other place", false, (random, words, _) => OrganizationWords.OtherOf(random, words, WordKind.Place)),
        new("place added", false, (random, words, _) => OrganizationWords.BeforeForm(words, OrganizationWords.Place(random))),
        new("branch", false, (random, words, _) => $"{string.Join(' ', words)} {OrganizationWords.Place(random)} Branch"),
        new("other activity", false, (random, words, _) => OrganizationWords.OtherOf(random, words, WordKind.Activity)),
        new("line of business added", false, (random, words, _) => OrganizationWords.Count(words, WordKind.Activity) <= 1 ? OrganizationWords.BeforeForm(words, OrganizationWords.Arm(random)) : null),
        new("two activities added", false, (random, words, _) => OrganizationWords.Count(words, WordKind.Activity) <= 1 ? OrganizationWords.BeforeForm(words, $"{OrganizationWords.Activity(random)} {OrganizationWords.Activity(random)}") : null),
        new("other distinctive word", false, (random, words, pool) => OrganizationWords.OtherName(words, word => pool.Distinctive(random, word))),
        new("near distinctive word", false, (random, words, pool) => OrganizationWords.OtherName(words, word => pool.NearDistinctive(random, word))),
        new("last distinctive word replaced", false, (random, words, pool) => OrganizationWords.OtherLastName(words, word => pool.Distinctive(random, word))),
        new("distinctive word added", false, (random, words, pool) => pool.Distinctive(random, words[0]) is { } other ? OrganizationWords.AfterName(words, other) : null),
        new("distinctive word left out", false, (_, words, _) => OrganizationWords.WithoutName(words)),
        new("near distinctive word in cyrillic", false, (random, words, pool) => words.All(IsLatin) && OrganizationWords.OtherName(words, word => pool.NearDistinctive(random, word)) is { } other ? Renditions.ToCyrillic(other) : null),
        new("compound's second half replaced", false, (random, words, pool) => OrganizationWords.OtherName(words, word => word.Length >= 8 && pool.Distinctive(random, word) is { } other ? word[..(word.Length / 2)] + other[(other.Length / 2)..] : null)),
        new("other name with the same generic words", false, (random, words, pool) => OrganizationWords.OtherNames(words, word => pool.Distinctive(random, word))),
        new("other acronym", false, (random, words, pool) => OrganizationWords.Acronym(words) is { } acronym ? acronym[..^1] + (char)(((acronym[^1] - 'A' + 1 + random.Next(24)) % 26) + 'A') : null),
        new("branch left out", false, (_, words, _) => OrganizationWords.Count(words, WordKind.Place) == 1 && OrganizationWords.Count(words, WordKind.Name) >= 1 && !OrganizationWords.HasHome(words) ? OrganizationWords.Without(words, WordKind.Place) : null),
    ];

    private static bool IsLatin(string word) => word.All(letter => letter < 0x250);

    private static string Pick(Random random, params string[] options) => options[random.Next(options.Length)];
}
