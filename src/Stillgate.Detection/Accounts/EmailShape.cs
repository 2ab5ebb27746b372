using System.Text;

namespace Stillgate.Detection.Accounts;

/// <summary>The parts of an e-mail address that accounts of one operator tend to share.</summary>
internal static class EmailShape
{
    /// <summary>The domain in lower case, or null.</summary>
    public static string? Domain(string? email)
    {
        var at = email?.LastIndexOf('@') ?? -1;
        return at > 0 && at < email!.Length - 1 ? email[(at + 1)..].ToLowerInvariant() : null;
    }

    /// <summary>The local part's letters kept and each digit masked, with the domain: <c>user0042@x.org</c> gives <c>user####@x.org</c>.
    /// Null where the local part has no digit run of two or more: a plain name is no pattern.</summary>
    public static string? Pattern(string? email)
    {
        if (Domain(email) is not { } domain)
        {
            return null;
        }

        var local = email!.AsSpan(0, email!.LastIndexOf('@'));
        var pattern = new StringBuilder(local.Length + domain.Length + 1);
        var run = 0;
        var longest = 0;
        foreach (var c in local)
        {
            run = char.IsAsciiDigit(c) ? run + 1 : 0;
            longest = Math.Max(longest, run);
            pattern.Append(char.IsAsciiDigit(c) ? '#' : char.ToLowerInvariant(c));
        }

        return longest >= 2 ? pattern.Append('@').Append(domain).ToString() : null;
    }
}
