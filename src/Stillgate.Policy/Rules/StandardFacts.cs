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
    ];

    public static string ListFact(string list) => "listed." + list.Replace('-', '_');
}
