namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Edits of an organisation's words by what they are. Every edit gives null where it does not apply.</summary>
internal static class OrganizationWords
{
    private static readonly string[][] Forms =
    [
        ["LLC", "Ltd", "Limited", "GmbH", "OOO", "S.R.L.", "Co., Ltd.", "Limited Liability Company", "B.V.", "Pvt Ltd", "SARL", "Sp. z o.o."],
        ["JSC", "PJSC", "OAO", "ZAO", "S.A.", "AG", "PLC", "Inc.", "Corp.", "N.V.", "Joint Stock Company", "S.p.A.", "OJSC"],
    ];

    private static readonly string[] Places = ["Moscow", "Shanghai", "Dubai", "Ukraine", "Germany", "Minsk", "Beijing", "Iran", "Syria", "Turkey", "Hong Kong", "Istanbul", "London", "Panama", "Cyprus", "Africa", "Asia", "Europe", "North", "South", "East", "Siberia", "Kazakhstan", "India", "Malaysia", "Singapore", "Qatar", "Iraq", "Caracas", "Havana", "Belarus", "Samara", "Shenzhen", "USA", "UK"];

    private static readonly string[] Countries = ["Russia", "China", "Iran", "Ukraine", "Belarus", "Syria", "Turkey", "India", "Pakistan", "Korea", "Cuba", "Venezuela", "Iraq", "Kazakhstan"];

    private static readonly string[] Cities = ["Beijing", "Shanghai", "Shenzhen", "Guangzhou", "Hangzhou", "Nanjing", "Wuhan", "Chengdu", "Tianjin", "Hong Kong", "Moscow", "Tehran", "Istanbul", "Minsk", "Kiev"];

    private static readonly string[] Activities = ["Trading", "Shipping", "Bank", "Insurance", "Capital", "Energy", "Oil", "Logistics", "Construction", "Engineering", "Telecom", "Pharma", "Mining", "Steel", "Electronics", "Marine", "Aviation", "Investment", "Media", "Security", "Chemicals", "Textile", "Foods", "Software", "Leasing", "Real Estate", "Consulting", "Travel", "Motors", "Machinery"];

    // What a group adds to its name for an arm of itself, and what a company only says of itself in the long form of its name.
    private static readonly string[] Arms = ["Trading", "Shipping", "Insurance", "Capital", "Logistics", "Construction", "Telecom", "Pharma", "Mining", "Marine", "Investment", "Investments", "Media", "Foods", "Leasing", "Real Estate", "Consulting", "Travel", "Motors", "Finance", "Transport", "Export", "Retail", "Asset Management", "Ventures"];

    private static readonly string[] Selves = ["Bank", "Oil Company", "Airlines", "Industries", "Technologies", "Engineering", "Steel Company", "Electronics", "Software", "University", "Chemical Company", "Systems", "Technology", "Solutions", "Services", "International"];

    private static readonly (string Long, string Short)[] Abbreviations =
    [
        ("international", "Intl"), ("company", "Co"), ("corporation", "Corp"), ("limited", "Ltd"), ("technology", "Tech"), ("technologies", "Tech"), ("manufacturing", "Mfg"), ("industries", "Inds"), ("industrial", "Ind"), ("engineering", "Eng"),
        ("development", "Dev"), ("university", "Univ"), ("institute", "Inst"), ("general", "Gen"), ("trading", "Trdg"), ("import", "Imp"), ("export", "Exp"), ("organization", "Org"), ("research", "Res"), ("electronics", "Elec"), ("national", "Natl"),
        ("services", "Svcs"), ("department", "Dept"), ("construction", "Constr"), ("management", "Mgmt"), ("investment", "Inv"), ("and", "&"), ("group", "Grp"), ("holding", "Hldg"), ("brothers", "Bros"), ("systems", "Sys"), ("telecommunications", "Telecom"), ("transportation", "Transport"), ("petroleum", "Petrol"), ("pharmaceutical", "Pharma"), ("association", "Assoc"), ("government", "Govt"), ("ministry", "Min"), ("center", "Ctr"), ("laboratory", "Lab"),
    ];

    private static readonly string[][] Translations =
    [
        ["bank", "banco", "banque", "banka", "банк"], ["company", "compania", "compagnie"], ["group", "grupo", "groupe", "gruppe", "группа"], ["international", "internacional", "internationale"], ["university", "universidad", "universite", "universitat", "университет"],
        ["institute", "instituto", "institut", "институт"], ["technology", "tecnologia", "technologie"], ["industry", "industria", "industrie"], ["center", "centre", "centro", "zentrum", "центр"], ["national", "nacional", "nationale"], ["trading", "comercio", "handel", "commerce"],
        ["import", "importacion"], ["export", "exportacion"], ["construction", "construccion", "bau"], ["shipping", "naviera"], ["ministry", "ministerio", "ministere", "министерство"], ["oil", "neft", "petroleo"], ["china", "chine", "中国"], ["russia", "rossiya", "россия"], ["iran", "irani"], ["syria", "syrie"], ["energy", "energia", "energie"], ["insurance", "seguros", "assurance"], ["defense", "defence", "defensa"],
    ];

    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private static readonly string[] Ordinals = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    public static bool HasForm(string[] words) => OrganizationReader.Read(string.Join(' ', words)).LegalForms != LegalForms.None;

    public static int Count(string[] words, WordKind kind) => words.Count(word => KindOf(word) == kind);

    public static string Place(Random random) => Places[random.Next(Places.Length)];

    public static string Country(Random random) => Countries[random.Next(Countries.Length)];

    public static string City(Random random) => Cities[random.Next(Cities.Length)];

    public static bool StartsWithForm(string[] words) => IsForm(words[0]);

    /// <summary>Whether a place stands in front or after "of", where it says where the body is at home.</summary>
    public static bool HasHome(string[] words) =>
        KindOf(words[0]) == WordKind.Place || Enumerable.Range(1, words.Length - 1).Any(at => KindOf(words[at]) == WordKind.Place && Lower(words[at - 1]) is "of" or "de" or "del");

    public static string Activity(Random random) => Activities[random.Next(Activities.Length)];

    public static string Arm(Random random) => Arms[random.Next(Arms.Length)];

    public static string Self(Random random) => Selves[random.Next(Selves.Length)];

    public static string? WithoutForm(string[] words)
    {
        if (!HasForm(words))
        {
            return null;
        }

        var kept = words.Where(word => !IsForm(word)).ToArray();
        return kept.Length > 0 && kept.Length < words.Length ? string.Join(' ', kept) : null;
    }

    public static string? SameClass(Random random, string[] words)
    {
        var forms = OrganizationReader.Read(string.Join(' ', words)).LegalForms;
        var options = forms.HasFlag(LegalForms.Private) ? Forms[0] : forms.HasFlag(LegalForms.Public) ? Forms[1] : null;
        return options is null || WithoutForm(words) is not { } bare ? null : $"{bare} {options[random.Next(options.Length)]}";
    }

    public static string? OtherClass(Random random, string[] words)
    {
        var forms = OrganizationReader.Read(string.Join(' ', words)).LegalForms;
        var options = forms.HasFlag(LegalForms.Private) ? Forms[1] : forms.HasFlag(LegalForms.Public) ? Forms[0] : null;
        return options is null || WithoutForm(words) is not { } bare ? null : $"{bare} {options[random.Next(options.Length)]}";
    }

    public static string? FormInFront(string[] words) =>
        words.Length >= 2 && IsForm(words[^1]) && words[^1].Length <= 5 && !IsForm(words[^2]) ? words[^1] + " " + string.Join(' ', words[..^1]) : null;

    public static string? Abbreviate(Random random, string[] words)
    {
        var fitting = Enumerable.Range(0, words.Length).Where(at => Abbreviations.Any(pair => pair.Long == Lower(words[at]))).ToArray();
        return fitting.Length == 0 ? null : fitting[random.Next(fitting.Length)] is var chosen ? Replace(words, chosen, Abbreviations.First(pair => pair.Long == Lower(words[chosen])).Short) : null;
    }

    public static string? Translate(Random random, string[] words)
    {
        var at = Array.FindIndex(words, word => Translations.Any(line => line.Contains(Lower(word), StringComparer.Ordinal)));
        if (at < 0)
        {
            return null;
        }

        var options = Translations.First(line => line.Contains(Lower(words[at]), StringComparer.Ordinal)).Where(form => form != Lower(words[at])).ToArray();
        return Replace(words, at, options[random.Next(options.Length)]);
    }

    public static string? StopWords(string[] words)
    {
        var kept = words.Where(word => Lower(word) is not ("the" or "of" or "and" or "&" or "for")).ToArray();
        return kept.Length > 0 && kept.Length < words.Length ? string.Join(' ', kept) : "The " + string.Join(' ', words);
    }

    public static string? WithoutDescriptor(string[] words) => Count(words, WordKind.Name) > 0 ? Without(words, WordKind.Descriptor) : null;

    public static string? WithoutLastActivity(string[] words)
    {
        var at = Array.FindLastIndex(words, word => KindOf(word) == WordKind.Activity);
        return at < 0 || Count(words, WordKind.Activity) < 3 || Count(words, WordKind.Name) == 0 ? null : string.Join(' ', words.Where((_, index) => index != at));
    }

    public static string? Without(string[] words, WordKind kind)
    {
        var kept = words.Where(word => KindOf(word) != kind).ToArray();
        return kept.Length > 0 && kept.Length < words.Length && !kept.All(word => IsForm(word) || KindOf(word) == WordKind.Stop) ? string.Join(' ', kept) : null;
    }

    public static string? Reorder(Random random, string[] words)
    {
        var content = words.Where(word => !IsForm(word) && KindOf(word) != WordKind.Stop).ToArray();
        if (content.Length is < 2 or > 5)
        {
            return null;
        }

        var at = random.Next(content.Length - 1);
        (content[at], content[at + 1]) = (content[at + 1], content[at]);
        return string.Join(' ', content);
    }

    public static string? Acronym(string[] words)
    {
        var content = words.Where(word => !IsForm(word) && KindOf(word) != WordKind.Stop && char.IsAsciiLetter(word[0])).ToArray();
        return content.Length is >= 3 and <= 6 ? string.Concat(content.Select(word => char.ToUpperInvariant(word[0]))) : null;
    }

    public static string? Together(Random random, string[] words)
    {
        var fitting = Enumerable.Range(0, words.Length - 1).Where(at => KindOf(words[at]) == WordKind.Name && !IsForm(words[at]) && !IsForm(words[at + 1]) && KindOf(words[at + 1]) is WordKind.Name or WordKind.Activity).ToArray();
        return fitting.Length == 0 ? null : fitting[random.Next(fitting.Length)] is var at ? string.Join(' ', words[..at].Append(words[at] + Lower(words[at + 1])).Concat(words[(at + 2)..])) : null;
    }

    public static string? Apart(Random random, string[] words)
    {
        var at = Array.FindIndex(words, word => word.Length >= 9 && KindOf(word) == WordKind.Name && word.All(char.IsAsciiLetter));
        return at < 0 ? null : random.Next(3, words[at].Length - 3) is var cut ? Replace(words, at, words[at][..cut] + (random.Next(2) == 0 ? " " : "-") + words[at][cut..]) : null;
    }

    public static string? NumbersInWords(string[] words)
    {
        var at = Array.FindIndex(words, word => int.TryParse(word, out var number) && number is > 0 and <= 12);
        if (at >= 0)
        {
            return Replace(words, at, Numbers[int.Parse(words[at], System.Globalization.CultureInfo.InvariantCulture)]);
        }

        at = Array.FindIndex(words, word => Array.IndexOf(Ordinals, Lower(word)) > 0);
        return at < 0 ? null : Array.IndexOf(Ordinals, Lower(words[at])) is var ordinal ? Replace(words, at, ordinal + (ordinal switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })) : null;
    }

    public static string? OtherNumber(Random random, string[] words)
    {
        var at = Array.FindIndex(words, word => int.TryParse(word, out _));
        if (at >= 0)
        {
            var digits = words[at].ToCharArray();
            var place = random.Next(digits.Length);
            digits[place] = (char)('0' + ((digits[place] - '0' + 1 + random.Next(9)) % 10));
            return Replace(words, at, new string(digits));
        }

        at = Array.FindIndex(words, word => Array.IndexOf(Ordinals, Lower(word)) > 0);
        return at < 0 ? null : Replace(words, at, Ordinals[1 + ((Array.IndexOf(Ordinals, Lower(words[at])) + random.Next(8)) % 9) is var other && Ordinals[other] != Lower(words[at]) ? other : 10]);
    }

    public static string? OtherOf(Random random, string[] words, WordKind kind)
    {
        var fitting = Enumerable.Range(0, words.Length).Where(at => KindOf(words[at]) == kind && !IsForm(words[at])).ToArray();
        if (fitting.Length == 0)
        {
            return null;
        }

        var at = fitting[random.Next(fitting.Length)];
        var other = kind == WordKind.Place ? Place(random) : Activity(random);
        return Concept(other) == Concept(words[at]) ? null : Replace(words, at, other);
    }

    public static string BeforeForm(string[] words, string added)
    {
        var end = words.Length;
        while (end > 1 && IsForm(words[end - 1]))
        {
            end--;
        }

        return string.Join(' ', words[..end].Append(added).Concat(words[end..]));
    }

    public static string? OtherName(string[] words, Func<string, string?> draw)
    {
        var at = Array.FindIndex(words, IsDistinctive);
        return at >= 0 && draw(Lower(words[at])) is { } other ? Replace(words, at, other) : null;
    }

    public static string? OtherLastName(string[] words, Func<string, string?> draw)
    {
        var at = Array.FindLastIndex(words, IsDistinctive);
        return at > 0 && words.Count(IsDistinctive) >= 2 && draw(Lower(words[at])) is { } other ? Replace(words, at, other) : null;
    }

    public static string? OtherNames(string[] words, Func<string, string?> draw) =>
        words.Any(IsDistinctive) && words.Any(word => KindOf(word) == WordKind.Activity) ? string.Join(' ', words.Select(word => IsDistinctive(word) ? draw(Lower(word)) ?? "zeta" : word)) : null;

    public static string? AfterName(string[] words, string added)
    {
        var at = Array.FindIndex(words, IsDistinctive);
        return at < 0 || words.Count(IsDistinctive) > 1 ? null : string.Join(' ', words[..(at + 1)].Append(added).Concat(words[(at + 1)..]));
    }

    public static string? WithoutName(string[] words)
    {
        var at = Array.FindIndex(words, IsDistinctive);
        return at < 0 || words.Count(IsDistinctive) is 0 or > 2 || words.Count(word => !IsForm(word) && KindOf(word) != WordKind.Stop) < 2 ? null : string.Join(' ', words.Where((_, index) => index != at));
    }

    private static string Replace(string[] words, int at, string with) => string.Join(' ', words.Select((word, index) => index == at ? with : word));

    private static string Lower(string word) => Latinizer.Fold(Latinizer.Clean(word));

    private static bool IsForm(string word) => Lexicon.Default.TryLegalForm(Lower(word), out _);

    private static bool IsDistinctive(string word) => word.Length > 2 && KindOf(word) == WordKind.Name && !IsForm(word) && !Lexicon.Default.IsFormWord(Lower(word)) && word.All(letter => char.IsLetter(letter) || letter is '-' or '\'');

    private static int Concept(string word) => Lexicon.Default.TryWord(Lower(word), out var sense) ? sense.Concept : -1;

    private static WordKind KindOf(string word) =>
        Lower(word) is var folded && folded.Length == 0 ? WordKind.Stop : Lexicon.Default.TryWord(folded, out var sense) ? (sense.Kind == WordKind.Arm ? WordKind.Activity : sense.Kind) : folded.All(char.IsAsciiDigit) ? WordKind.Number : WordKind.Name;
}
