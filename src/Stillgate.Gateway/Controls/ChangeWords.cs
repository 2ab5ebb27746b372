namespace Stillgate.Gateway.Controls;

/// <summary>
/// The words by which the record and <c>stillgate-changes</c> say what was changed. Stages plan before anything is sent; what was planned and then did not
/// happen, since the request was refused or the provider's answer was an error, is taken back here, so that nothing is announced that was not done.
/// </summary>
internal static class ChangeWords
{
    public const string HeaderName = "stillgate-changes";

    /// <summary>The usage chunk that the client did not ask for was left out of the answer.</summary>
    public const string UsageChunkStripped = "stripped:usage_chunk";

    private const string Observed = "observed:";
    private static readonly string[] OfAnswers = ["withheld:", "sealed:", "rounded:", UsageChunkStripped];

    /// <summary>What is left where the client gets no answer that a control could have changed.</summary>
    public static IReadOnlyList<string>? WithoutAnswer(IReadOnlyList<string>? changes) => Keep(changes, static word => !IsOfAnswer(word));

    /// <summary>What is left where the answer is not one that the usage chunk was left out of.</summary>
    public static IReadOnlyList<string>? WithoutUsageChunk(IReadOnlyList<string>? changes) => Keep(changes, static word => word != UsageChunkStripped);

    /// <summary>What is left where nothing was sent to a provider: what only observed.</summary>
    public static IReadOnlyList<string>? ObservedOnly(IReadOnlyList<string>? changes) => Keep(changes, IsObserved);

    /// <summary>The header's value; null where nothing was changed.</summary>
    public static string? HeaderOf(IReadOnlyList<string>? changes) =>
        Keep(changes, static word => !IsObserved(word)) is { } announced ? string.Join(", ", announced) : null;

    private static IReadOnlyList<string>? Keep(IReadOnlyList<string>? changes, Func<string, bool> isKept)
    {
        if (changes is null || changes.All(isKept))
        {
            return changes is { Count: > 0 } ? changes : null;
        }

        string[] kept = [.. changes.Where(isKept)];
        return kept.Length > 0 ? kept : null;
    }

    private static bool IsOfAnswer(string word) => Array.Exists(OfAnswers, prefix => word.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsObserved(string word) => word.StartsWith(Observed, StringComparison.Ordinal);
}
