using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stillgate.Protocol.Errors;

namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// Which headers pass. To the provider: only those listed here or by the operator, so that cookies, addresses and our own
/// credential cannot leak. To the client: all of the provider's but those that would bind the client to it.
/// </summary>
internal sealed class HeaderPolicy(IEnumerable<string> forwardedToo)
{
    private static readonly string[] Passing =
    [
        "Accept", "Accept-Language", "Content-Type", "User-Agent", "Idempotency-Key", "Traceparent", "Tracestate",
        "X-Request-Id", "X-Client-Request-Id",
        "OpenAI-Beta", "Anthropic-Version", "Anthropic-Beta", "Anthropic-Dangerous-Direct-Browser-Access", "X-Goog-Api-Client",
    ];

    private static readonly string[] NeverPassing = ["Authorization", "X-Api-Key", "X-Goog-Api-Key", "Cookie", "Proxy-Authorization", "Host"];

    private readonly FrozenSet<string> _passing = Passing.Concat(forwardedToo)
        .Except(NeverPassing, StringComparer.OrdinalIgnoreCase)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public void CopyRequest(IHeaderDictionary from, HttpRequestHeaders to, HttpContentHeaders? ofContent)
    {
        foreach (var (name, values) in from)
        {
            if (!_passing.Contains(name) && !name.StartsWith("X-Stainless-", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!TryAdd(to, name, values) && ofContent is not null)
            {
                TryAdd(ofContent, name, values);
            }
        }
    }

    public static void AddCredential(HttpRequestHeaders headers, ErrorShape shape, string? credential)
    {
        if (credential is null)
        {
            return;
        }

        switch (shape)
        {
            case ErrorShape.Anthropic:
                headers.TryAddWithoutValidation("x-api-key", credential);
                break;
            case ErrorShape.Gemini:
                headers.TryAddWithoutValidation("x-goog-api-key", credential);
                break;
            default:
                headers.TryAddWithoutValidation("Authorization", "Bearer " + credential);
                break;
        }
    }

    public static void CleanResponse(IHeaderDictionary headers)
    {
        headers.Remove("Set-Cookie");
        headers.Remove("Alt-Svc");
        headers.Remove("Strict-Transport-Security");
    }

    // One value is what almost every header has, and it needs no list.
    private static bool TryAdd(HttpHeaders to, string name, StringValues values) =>
        values.Count == 1 ? to.TryAddWithoutValidation(name, values[0]) : to.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
}
