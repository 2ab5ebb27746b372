using Microsoft.AspNetCore.Http;

namespace Stillgate.Gateway.Forwarder;

/// <summary>The query passes as it came, but for <c>key</c>, in which Gemini's clients may send a credential: ours must not leave.</summary>
internal static class QueryPolicy
{
    public static QueryString Clean(QueryString query)
    {
        if (!query.HasValue || !query.Value.Contains("key=", StringComparison.OrdinalIgnoreCase))
        {
            return query;
        }

        var kept = query.Value[1..].Split('&').Where(part => !Uri.UnescapeDataString(part.Split('=')[0]).Equals("key", StringComparison.OrdinalIgnoreCase));
        var text = string.Join('&', kept);
        return text.Length == 0 ? QueryString.Empty : new QueryString("?" + text);
    }
}
