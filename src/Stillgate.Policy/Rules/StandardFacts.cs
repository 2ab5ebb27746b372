using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>The facts that every policy may name (docs/policy.md lists them with their sources), and their slots.</summary>
internal static class StandardFacts
{
    public const int RequestCount = 5;

    /// <summary>The first five are of the request, the rest of the account.</summary>
    public static IReadOnlyList<(string Name, ExpressionType Type)> All { get; } =
    [
        ("request.model", ExpressionType.String),
        ("request.at", ExpressionType.Timestamp),
        ("request.channel", ExpressionType.String),
        ("request.tier", ExpressionType.String),
        ("request.capabilities", ExpressionType.List(ExpressionType.String)),
        ("account.id", ExpressionType.String),
        ("account.organization", ExpressionType.String),
        ("account.created", ExpressionType.Timestamp),
        ("account.plan", ExpressionType.String),
        ("account.country", ExpressionType.String),
        ("account.payment_country", ExpressionType.String),
        ("account.reseller", ExpressionType.Bool),
        ("account.sold_by", ExpressionType.String),
        ("account.tags", ExpressionType.Map(ExpressionType.String, ExpressionType.String)),
        ("party.headquarters", ExpressionType.String),
        ("party.jurisdiction", ExpressionType.String),
        ("party.us_person", ExpressionType.Bool),
        ("party.attestations", ExpressionType.List(ExpressionType.String)),
        ("place.country", ExpressionType.String),
        ("place.agreement", ExpressionType.String),
        ("place.network", ExpressionType.String),
        ("place.speaking", ExpressionType.Int),
        ("place.supporting", ExpressionType.Int),
        ("place.declared", ExpressionType.String),
    ];

    public const int PlaceCount = 6;

    /// <summary>The slot of the first fact of a place; the others follow it.</summary>
    public static int FirstPlace { get; } = SlotOf("place.country");

    /// <summary>The facts of a place, as a set of slots. They are of the request where a places file is loaded, and of the account only in a policy's own cases.</summary>
    public static ulong Places { get; } = ((1UL << PlaceCount) - 1) << FirstPlace;

    /// <summary>The slot of the country that the account declares.</summary>
    public static int DeclaredCountry { get; } = SlotOf("account.country");

    public static string ListFact(string list) => "listed." + list.Replace('-', '_');

    private static int SlotOf(string name) => All.Select(fact => fact.Name).ToList().IndexOf(name);
}
