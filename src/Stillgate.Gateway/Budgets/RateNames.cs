using System.Globalization;

namespace Stillgate.Gateway.Budgets;

/// <summary>
/// The three headers in which a dialect's clients read one rate. Nothing is put together for a request, and a value that was written last is
/// written again: these headers stand on every answer that a budget bounds.
/// </summary>
internal sealed record RateNames(string Limit, string Remaining, string Reset)
{
    public static RateNames OpenAiRequests { get; } = new("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests");

    public static RateNames OpenAiTokens { get; } = new("x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens");

    public static RateNames AnthropicRequests { get; } = Anthropic("requests");

    public static RateNames AnthropicInput { get; } = Anthropic("input-tokens");

    public static RateNames AnthropicOutput { get; } = Anthropic("output-tokens");

    /// <summary>Whole seconds until a window ends.</summary>
    public static LastText LastSeconds { get; } = new(static seconds => seconds.ToString(CultureInfo.InvariantCulture) + "s");

    /// <summary>The moment, in ticks of UTC, at which a window ends.</summary>
    public static LastText LastMoment { get; } = new(static ticks => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>The bound.</summary>
    public LastText LastLimit { get; } = new(static bound => bound.ToString(CultureInfo.InvariantCulture));

    private static RateNames Anthropic(string what) => new($"anthropic-ratelimit-{what}-limit", $"anthropic-ratelimit-{what}-remaining", $"anthropic-ratelimit-{what}-reset");
}
