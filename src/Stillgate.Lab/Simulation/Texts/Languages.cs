namespace Stillgate.Lab.Simulation.Texts;

/// <summary>The languages of a composition and their shares: one distribution for every kind of account, harvesting or not.</summary>
internal static class Languages
{
    public static IReadOnlyList<(string Code, double Weight)> Table { get; } =
    [
        ("en", .30), ("zh", .14), ("es", .09), ("ru", .09), ("de", .07), ("fr", .07), ("ja", .07), ("pt", .07), ("ko", .05), ("ar", .05),
    ];

    public static string Draw(Chance chance)
    {
        var texts = BuiltInTexts.All;
        Span<double> weights = stackalloc double[texts.Count];
        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] = Table.First(entry => entry.Code == texts[index].Language).Weight;
        }

        return texts[chance.Weighted(weights)].Language;
    }

    /// <summary>Another language at random, for the conversations in which a person switches.</summary>
    public static string Other(string language, Chance chance)
    {
        var other = Draw(chance);
        return other == language ? "en" : other;
    }
}
