namespace Stillgate.Server.Admin;

/// <summary>Why a request was not done (RFC 9457). It names fields and never holds a value that the caller sent.</summary>
/// <param name="Title">What went wrong, in a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">One sentence for the person who reads it.</param>
/// <param name="Problems">Every field that is wrong and what was expected; empty where no field is to blame.</param>
/// <param name="Type">Nothing more is said of the kind of problem than its title.</param>
internal sealed record AdminProblem(string Title, int Status, string Detail, IReadOnlyList<FieldProblem> Problems, string Type = "about:blank")
{
    public const string ContentType = "application/problem+json";
}
