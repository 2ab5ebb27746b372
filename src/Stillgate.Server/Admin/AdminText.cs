namespace Stillgate.Server.Admin;

/// <summary>Checks texts of a request, collecting everything that is wrong before any of it is said.</summary>
internal sealed class AdminText
{
    private const int NameCharactersMax = 256;
    private readonly List<FieldProblem> _problems = [];

    /// <summary>A name that must be there.</summary>
    public string Name(string field, string? value) => OptionalName(field, value) ?? Wrong(field, $"missing; expected a text of 1 to {NameCharactersMax} characters");

    public string? OptionalName(string field, string? value) => Text(field, value, NameCharactersMax);

    public string? Text(string field, string? value, int charactersMax) =>
        value is null || (value.Trim().Length > 0 && value.Length <= charactersMax && !value.Any(char.IsControl)) ? value : Wrong(field, $"expected a text of 1 to {charactersMax} characters, without control characters");

    public DateTimeOffset? Coming(string field, DateTimeOffset? value, DateTimeOffset now)
    {
        if (value <= now)
        {
            Wrong(field, "expected a time to come; it is over already");
        }

        return value;
    }

    public string Wrong(string field, string expected)
    {
        _problems.Add(new FieldProblem(field, expected));
        return "";
    }

    /// <summary>Ends the request where anything was wrong.</summary>
    /// <exception cref="AdminException">Something was.</exception>
    public void End()
    {
        if (_problems.Count > 0)
        {
            throw AdminException.Wrong(_problems);
        }
    }
}
