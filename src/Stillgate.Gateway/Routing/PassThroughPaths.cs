using System.Buffers;
using Microsoft.AspNetCore.Http;
using Stillgate.Protocol.Errors;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Gateway.Routing;

/// <summary>
/// Paths that the operator lets pass beside the endpoints that are served. Nothing of such a request is read: it is a door, and so it is off by default, counted under
/// <see cref="Dialect"/>, and stands in the record with the entry that opened it. A path that is served, or looks like one to a careless provider, is never one of them.
/// </summary>
internal sealed class PassThroughPaths(IReadOnlyList<string> patterns)
{
    /// <summary>The record's dialect of such a request.</summary>
    public const string Dialect = "passed-through";

    /// <summary>The model that rules are asked about: none is known. Rules of every model, and holds on every model, apply.</summary>
    public const string Model = "passed-through";

    private static readonly SearchValues<char> Unsound = SearchValues.Create("*?#%\\ ");

    /// <summary>What is wrong with an entry; null where nothing is.</summary>
    public static string? ProblemOf(string pattern)
    {
        var path = pattern.EndsWith('*') ? pattern[..^1] : pattern;
        var isSound = path.Length > 1 && path[0] == '/' && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal)
            && !path.AsSpan().ContainsAny(Unsound);
        return isSound ? null : "expected a path such as /v1/files, or with * at its end every path that begins so; not every path, and no query";
    }

    public GatewayEndpoint? Find(HttpRequest request)
    {
        if (patterns.Count == 0)
        {
            return null;
        }

        var path = request.Path.Value!;
        foreach (var pattern in patterns)
        {
            var matches = pattern.EndsWith('*') ? path.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : path == pattern;
            if (matches && !IsAmbiguous(path) && !EndpointTable.IsServedInOtherWords(request))
            {
                return EndpointOf(request, path, pattern);
            }
        }

        return null;
    }

    // What one reader takes for a name and another for a way up or a separator.
    private static bool IsAmbiguous(string path) =>
        path.AsSpan().ContainsAny('%', '\\', ';') || path.Contains("..", StringComparison.Ordinal) || path.Contains("//", StringComparison.Ordinal);

    private static GatewayEndpoint EndpointOf(HttpRequest request, string path, string pattern)
    {
        var shape = EndpointTable.GuessShape(request);
        var provider = shape switch
        {
            ErrorShape.Anthropic => Dialects.AnthropicMessages,
            ErrorShape.Gemini => Dialects.GeminiGenerate,
            _ => Dialects.OpenAiChat,
        };
        return new GatewayEndpoint(request.Method, path, Dialect, provider, shape) { PassThrough = pattern };
    }
}
