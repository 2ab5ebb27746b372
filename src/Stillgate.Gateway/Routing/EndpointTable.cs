using Microsoft.AspNetCore.Http;
using Stillgate.Protocol.Errors;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Gateway.Routing;

/// <summary>
/// Every endpoint that is served. What is not here is refused: files, batches, fine-tuning and the like are ways around the record.
/// </summary>
internal static class EndpointTable
{
    /// <summary>The record's dialect for a request to no endpoint.</summary>
    public const string Unlisted = "unlisted";

    private static readonly GatewayEndpoint[] Endpoints =
    [
        new("POST", "/v1/chat/completions", Dialects.OpenAiChat, ErrorShape.OpenAi),
        new("POST", "/v1/messages", Dialects.AnthropicMessages, ErrorShape.Anthropic),
    ];

    public static GatewayEndpoint? Find(HttpRequest request)
    {
        foreach (var endpoint in Endpoints)
        {
            if (request.Path.Value == endpoint.Path && request.Method == endpoint.Method)
            {
                return endpoint;
            }
        }

        return null;
    }

    /// <summary>Whether the path is served with another method.</summary>
    public static bool KnowsPath(HttpRequest request) => Array.Exists(Endpoints, endpoint => request.Path.Value == endpoint.Path);

    /// <summary>Guesses whose client asks for a path that is not served, so that it can read the refusal.</summary>
    public static ErrorShape GuessShape(HttpRequest request)
    {
        if (request.Headers.ContainsKey("anthropic-version") || request.Path.StartsWithSegments("/v1/messages", StringComparison.Ordinal))
        {
            return ErrorShape.Anthropic;
        }

        return request.Path.StartsWithSegments("/v1beta", StringComparison.Ordinal) ? ErrorShape.Gemini : ErrorShape.OpenAi;
    }
}
