namespace Stillgate.Server.Admin;

/// <summary>Ends a request to the admin API with a problem.</summary>
internal sealed class AdminException(AdminProblem problem) : Exception(problem.Title)
{
    public AdminProblem Problem => problem;

    public static AdminException Wrong(string field, string expected) => Wrong([new FieldProblem(field, expected)]);

    public static AdminException Wrong(IReadOnlyList<FieldProblem> problems) => new(new AdminProblem(
        "The request is wrong", StatusCodes.Status400BadRequest, "Nothing was changed.", problems));

    public static AdminException Missing(string what) => new(new AdminProblem("Not found", StatusCodes.Status404NotFound, what, []));

    public static AdminException Refused(int status, string title, string detail) => new(new AdminProblem(title, status, detail, []));
}
