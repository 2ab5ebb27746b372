using System.Globalization;

namespace Stillgate.Lab.Simulation.Identities;

/// <summary>Invented names, companies, domains and e-mail addresses; every domain ends in the reserved <c>.example</c>.</summary>
internal static class Names
{
    private static readonly string[] Given =
    [
        "Ana", "Luis", "Marta", "Jonas", "Priya", "Wei", "Li", "Yuki", "Haruto", "Minji", "Jisoo", "Omar", "Layla", "Ivan", "Olga", "Elena",
        "Pierre", "Camille", "Hans", "Greta", "John", "Emily", "Noah", "Grace", "Tunde", "Amara", "Diego", "Lucia", "Rafael", "Beatriz", "Anh",
        "Siti", "Arjun", "Meera", "Chen", "Mei", "Kenji", "Sora", "Hassan", "Fatima", "Peter", "Anna", "Marek", "Zofia", "Tom", "Kate",
    ];

    private static readonly string[] Family =
    [
        "Silva", "Garcia", "Mendes", "Rossi", "Keller", "Braun", "Novak", "Petrov", "Sokolova", "Tanaka", "Sato", "Kim", "Park", "Wang", "Zhang",
        "Liu", "Nguyen", "Patel", "Sharma", "Khan", "Haddad", "Mansour", "Okafor", "Mensah", "Smith", "Brown", "Taylor", "Wilson", "Martin",
        "Dubois", "Laurent", "Lopez", "Torres", "Costa", "Almeida", "Jensen", "Larsen", "Kowalski", "Horvat", "Popescu", "Yilmaz", "Rahman",
    ];

    private static readonly string[] Stems =
    [
        "north", "blue", "quick", "bright", "river", "stone", "cedar", "amber", "clear", "iron", "silver", "green", "swift", "solid", "open", "delta",
        "nova", "orbit", "lumen", "terra", "polar", "coral", "maple", "harbor", "summit", "pixel", "vector", "signal", "copper", "willow",
    ];

    private static readonly string[] Endings =
    [
        "works", "labs", "soft", "desk", "cloud", "apps", "logic", "line", "point", "grid", "media", "care", "pay", "shop", "trade", "health", "studio",
        "systems", "mobile", "travel", "learn", "foods", "legal", "tools",
    ];

    private static readonly string[] MailProviders =
    [
        "postkit.example", "mailroom.example", "inboxly.example", "letterbox.example", "quickmail.example", "webpost.example", "openmail.example",
        "mymail.example", "fastletter.example", "netpost.example", "homemail.example", "paperplane.example",
    ];

    public static IReadOnlyList<string> PublicMail => MailProviders;

    public static string Person(Chance chance) => $"{chance.Pick(Given)} {chance.Pick(Family)}";

    public static string CompanyStem(Chance chance) =>
        string.Create(CultureInfo.InvariantCulture, $"{chance.Pick(Stems)}{chance.Pick(Endings)}{(chance.Hit(0.6) ? chance.Between(2, 9999) : 0):#}");

    public static string Domain(string stem) => stem + ".example";

    public static string PublicDomain(Chance chance) => MailProviders[chance.ZipfRank(MailProviders.Length)];

    /// <summary>An address from a name in one of the patterns that people choose.</summary>
    public static string Email(string name, string domain, Chance chance)
    {
        var parts = name.ToLowerInvariant().Split(' ');
        var (first, last) = (parts[0], parts[^1]);
        var number = chance.Below(10_000).ToString(CultureInfo.InvariantCulture);
        var local = chance.Below(7) switch
        {
            0 => $"{first}.{last}",
            1 => $"{first}{last}{number}",
            2 => $"{first[0]}{last}",
            3 => $"{first}_{last}{number[..1]}",
            4 => $"{first}{number}",
            5 => $"{last}.{first}{number[..Math.Min(2, number.Length)]}",
            _ => $"{chance.Pick(Stems)}{chance.Pick(Stems)}{number}",
        };
        return $"{local}@{domain}";
    }

    /// <summary>An address from a script: letters and digits that mean nothing.</summary>
    public static string ThrowAwayEmail(string domain, Chance chance)
    {
        Span<char> local = stackalloc char[12];
        for (var index = 0; index < local.Length; index++)
        {
            local[index] = index < 8 ? (char)('a' + chance.Below(26)) : (char)('0' + chance.Below(10));
        }

        return $"{local}@{domain}";
    }
}
