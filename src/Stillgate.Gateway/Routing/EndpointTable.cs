using Microsoft.AspNetCore.Http;
using Stillgate.Protocol.Errors;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Routing;

/// <summary>
/// Every endpoint that is served. What is not here is refused: files, batches, fine-tuning, stored responses and the like are ways
/// around the record.
/// </summary>
internal static class EndpointTable
{
    /// <summary>The record's dialect for a request to no endpoint.</summary>
    public const string Unlisted = "unlisted";

    private static readonly GatewayEndpoint[] Endpoints =
    [
        new("POST", "/v1/chat/completions", Dialects.OpenAiChat, Dialects.OpenAiChat, ErrorShape.OpenAi),
        new("POST", "/v1/messages", Dialects.AnthropicMessages, Dialects.AnthropicMessages, ErrorShape.Anthropic),
        new("POST", "/v1/responses", Dialects.OpenAiResponses, Dialects.OpenAiResponses, ErrorShape.OpenAi),
        new("POST", "/v1/embeddings", Dialects.OpenAiEmbeddings, Dialects.OpenAiEmbeddings, ErrorShape.OpenAi),
        new("POST", "/v1/completions", Dialects.OpenAiCompletions, Dialects.OpenAiCompletions, ErrorShape.OpenAi),
        new("POST", "/v1/messages/count_tokens", Dialects.AnthropicCountTokens, Dialects.AnthropicMessages, ErrorShape.Anthropic),
        new("GET", "/v1/models", Dialects.AnthropicModels, Dialects.AnthropicMessages, ErrorShape.Anthropic) { Header = "anthropic-version" },
        new("GET", "/v1/models", Dialects.OpenAiModels, Dialects.OpenAiChat, ErrorShape.OpenAi),
        new("GET", "/v1beta/models", Dialects.GeminiModels, Dialects.GeminiGenerate, ErrorShape.Gemini),
        new("POST", "/v1beta/models/", Dialects.GeminiGenerate, Dialects.GeminiGenerate, ErrorShape.Gemini) { Suffix = ":generateContent" },
        new("POST", "/v1beta/models/", Dialects.GeminiGenerate, Dialects.GeminiGenerate, ErrorShape.Gemini) { Suffix = ":streamGenerateContent", IsStream = true },
        new("POST", "/v1beta/models/", Dialects.GeminiCountTokens, Dialects.GeminiGenerate, ErrorShape.Gemini) { Suffix = ":countTokens" },
    ];

    public static GatewayEndpoint? Find(HttpRequest request) => Array.Find(
        Endpoints,
        endpoint => IsPath(endpoint, request.Path.Value!) && request.Method == endpoint.Method && (endpoint.Header is null || request.Headers.ContainsKey(endpoint.Header)));

    /// <summary>Whose error bodies, and whose way to present a credential, a dialect has.</summary>
    public static ErrorShape ShapeOf(string dialect) => Array.Find(Endpoints, endpoint => endpoint.ProviderDialect == dialect)?.Shape ?? ErrorShape.OpenAi;

    /// <summary>Whether the path is served with another method.</summary>
    public static bool KnowsPath(HttpRequest request) => Array.Exists(Endpoints, endpoint => IsPath(endpoint, request.Path.Value!));

    /// <summary>Whether a provider could take the request for one that is served, though we do not: another case, or slashes at its end.</summary>
    public static bool IsServedInOtherWords(HttpRequest request)
    {
        var path = request.Path.Value!.TrimEnd('/').ToLowerInvariant();
        return Array.Exists(Endpoints, endpoint => string.Equals(request.Method, endpoint.Method, StringComparison.OrdinalIgnoreCase)
            && (path == endpoint.Path || (endpoint.Suffix is { } suffix && path.StartsWith(endpoint.Path, StringComparison.Ordinal) && path.EndsWith(suffix.ToLowerInvariant(), StringComparison.Ordinal))));
    }

    /// <summary>The model that the path of a request to this endpoint names, or null.</summary>
    public static string? ModelOf(GatewayEndpoint endpoint, HttpRequest request) =>
        endpoint.Suffix is { } suffix ? request.Path.Value![endpoint.Path.Length..^suffix.Length] : null;

    /// <summary>Guesses whose client asks for a path that is not served, so that it can read the refusal.</summary>
    public static ErrorShape GuessShape(HttpRequest request)
    {
        if (request.Headers.ContainsKey("anthropic-version") || request.Path.StartsWithSegments("/v1/messages", StringComparison.Ordinal))
        {
            return ErrorShape.Anthropic;
        }

        return request.Path.StartsWithSegments("/v1beta", StringComparison.Ordinal) ? ErrorShape.Gemini : ErrorShape.OpenAi;
    }

    private static bool IsPath(GatewayEndpoint endpoint, string path)
    {
        if (endpoint.Suffix is not { } suffix)
        {
            return path == endpoint.Path;
        }

        // A model's name is one segment: with a slash in it the provider could read another path than the rules have seen.
        return path.StartsWith(endpoint.Path, StringComparison.Ordinal) && path.EndsWith(suffix, StringComparison.Ordinal)
            && path.Length - endpoint.Path.Length - suffix.Length is > 0 and <= EnvelopeParser.ModelBytesMax
            && !path.AsSpan(endpoint.Path.Length).ContainsAny('/', '%', '\\');
    }
}
