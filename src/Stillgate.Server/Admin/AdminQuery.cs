using System.Globalization;
using Stillgate.Parties.Registry;

namespace Stillgate.Server.Admin;

/// <summary>Reads query parameters; one that nobody knows is a mistake.</summary>
internal static class AdminQuery
{
    public static void Only(HttpContext context, params string[] known)
    {
        foreach (var name in context.Request.Query.Keys.Where(name => !known.Contains(name)))
        {
            throw AdminException.Wrong("?" + name, known.Length == 0 ? "expected no parameter" : "unknown parameter; known here: " + string.Join(", ", known));
        }
    }

    public static string? Text(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } text] ? text : null;

    public static bool Flag(HttpContext context, string name) => Text(context, name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw AdminException.Wrong("?" + name, "expected true or false"),
    };

    public static DateTimeOffset? Time(HttpContext context, string name) => Text(context, name) is { } text
        ? StatementField.Time(text) ?? throw AdminException.Wrong("?" + name, "expected a day or time such as 2026-05-01 or 2026-05-01T12:00:00Z")
        : null;

    public static long? Number(HttpContext context, string name, long least, long most) => Text(context, name) is { } text
        ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw AdminException.Wrong("?" + name, string.Create(CultureInfo.InvariantCulture, $"expected a whole number from {least} to {most}"))
        : null;
}
