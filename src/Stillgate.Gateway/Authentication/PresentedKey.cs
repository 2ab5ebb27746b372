using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Stillgate.Gateway.Authentication;

/// <summary>
/// Finds the key that a client sent, wherever its SDK puts it: <c>Authorization: Bearer</c>, <c>x-api-key</c>,
/// <c>x-goog-api-key</c> or Gemini's <c>key</c> in the query. A header that comes twice is no key: two readers could take different ones.
/// </summary>
internal static class PresentedKey
{
    private const string Bearer = "Bearer ";

    public static ReadOnlySpan<char> Of(HttpRequest request)
    {
        if (Single(request.Headers["x-api-key"]) is { } apiKey)
        {
            return apiKey.AsSpan().Trim();
        }

        if (Single(request.Headers["x-goog-api-key"]) is { } googleKey)
        {
            return googleKey.AsSpan().Trim();
        }

        if (Single(request.Headers.Authorization) is { } authorization && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization.AsSpan(Bearer.Length).Trim();
        }

        return request.QueryString.HasValue && request.Path.StartsWithSegments("/v1beta", StringComparison.Ordinal) ? Single(request.Query["key"]) : default(ReadOnlySpan<char>);
    }

    private static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;
}
