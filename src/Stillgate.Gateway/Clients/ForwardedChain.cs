namespace Stillgate.Gateway.Clients;

/// <summary>
/// Takes the elements of a list in a header from the right, the end that the nearest proxy wrote. From the left a client's unbalanced quotation
/// mark could swallow what the proxies appended.
/// </summary>
internal static class ForwardedChain
{
    /// <summary>Takes the last element, trimmed, off the rest; false where nothing is left.</summary>
    public static bool TryTakeLast(scoped ref ReadOnlySpan<char> rest, char separator, out ReadOnlySpan<char> element)
    {
        element = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        var isQuoted = false;
        var at = rest.Length - 1;
        while (at >= 0 && (isQuoted || rest[at] != separator))
        {
            isQuoted ^= rest[at] == '"';
            at--;
        }

        element = rest[(at + 1)..].Trim();
        rest = at < 0 ? default : rest[..at];
        return true;
    }

    /// <summary>The value of <c>for</c> in an element of <c>Forwarded</c>, unquoted; false where there is none, two, or one that is not plainly written.</summary>
    public static bool TryReadFor(ReadOnlySpan<char> element, out ReadOnlySpan<char> value)
    {
        value = default;
        var isFound = false;
        while (TryTakeLast(ref element, ';', out var pair))
        {
            var equals = pair.IndexOf('=');
            if (equals < 0 || !pair[..equals].Trim().Equals("for", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (isFound)
            {
                return false;
            }

            isFound = true;
            value = pair[(equals + 1)..].Trim();
        }

        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"')
        {
            value = value[1..^1];
        }

        return isFound && value.IndexOfAny('"', '\\') < 0;
    }
}
