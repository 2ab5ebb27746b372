using System.Security.Cryptography;
using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Admin.Contracts;

namespace Stillgate.Server.Admin.Endpoints;

/// <summary>What is known of customers: taken in, and read as it stood on a day.</summary>
internal static class CustomerEndpoints
{
    private const int ProblemsShown = 100;
    private const string Body = "body";
    private const string CsvType = "text/csv";
    private static readonly string[] JsonTypes = ["application/jsonl", "application/x-ndjson", "application/json"];

    public static void Map(IEndpointRouteBuilder routes, AdminInstallation installation)
    {
        routes.Change(
                "/statements",
                AdminRight.Customers,
                "Takes statements in, all or none: JSON Lines, CSV, or a JSON array of BODS or GLEIF. Parameters: kind, source, dryRun",
                AdminBody.ImportBytesMax,
                (context, body) => Statements(context, body, installation))
            .Takes<string>("application/jsonl", "application/x-ndjson", "application/json", CsvType).Produces<ImportAnswer>();
        routes.Change(
                "/registrations",
                AdminRight.Customers,
                "Takes registrations in, all or none: JSON Lines or CSV. Parameter: dryRun",
                AdminBody.ImportBytesMax,
                (context, body) => Registrations(context, body, installation))
            .Takes<string>("application/jsonl", "application/x-ndjson", CsvType).Produces<ImportAnswer>();
        routes.Read("/accounts/{id}", AdminRight.ReadCustomers, "What is known of an account on a day. Parameters: at, knownAt", context => Known(context, installation, isParty: false))
            .Produces<CustomerAnswer>();
        routes.Read("/parties/{id}", AdminRight.ReadCustomers, "What is known of a party on a day. Parameters: at, knownAt", context => Known(context, installation, isParty: true))
            .Produces<CustomerAnswer>();
    }

    private static IResult Statements(HttpContext context, byte[] body, AdminInstallation installation)
    {
        AdminQuery.Only(context, "kind", "source", "dryRun");
        var kind = AdminQuery.Text(context, "kind");
        if (kind is not null && StatementForms.Find(kind) is null)
        {
            throw AdminException.Wrong("?kind", "expected one of " + string.Join(", ", StatementForms.All.Select(form => form.Name)));
        }

        var isCsv = TypeOf(context, [.. JsonTypes, CsvType]) == CsvType;
        var problems = new List<LogProblem>();
        using var stream = new MemoryStream(body, writable: false);
        var source = AdminQuery.Text(context, "source") ?? "admin API, key " + AdminCaller.Of(context).Key.Id;
        var statements = StatementFile.Read(stream, Body, isCsv, kind, source, installation.Time.GetUtcNow(), problems);
        RefuseWrong(problems);
        return Import(context, body, installation, "statements.import", statements, statement => statement.Statement, () => installation.Statements.Add(statements));
    }

    private static IResult Registrations(HttpContext context, byte[] body, AdminInstallation installation)
    {
        AdminQuery.Only(context, "dryRun");
        var isCsv = TypeOf(context, [.. JsonTypes, CsvType]) == CsvType;
        var problems = new List<LogProblem>();
        IReadOnlyList<RegistrationRecord> records;
        try
        {
            var lines = new MemoryStream(body, writable: false);
            records = isCsv ? RegistrationTable.Read(lines, Body, problems.Add) : RegistrationFile.ReadAll(lines, Body, problems.Add);
        }
        catch (LogFormatException) when (problems.Count > 0)
        {
            // Every line is wrong: that is said line by line.
            records = [];
        }
        catch (LogFormatException unreadable)
        {
            throw AdminException.Wrong(Body, unreadable.Message);
        }

        RefuseWrong(problems);
        return Import(context, body, installation, "registrations.import", records, _ => "registration", () => installation.Registrations.Import(records));
    }

    private static IResult Import<T>(
        HttpContext context, byte[] body, AdminInstallation installation, string action, IReadOnlyList<T> read, Func<T, string> kindOf, Func<int> add)
    {
        if (read.Count == 0)
        {
            throw AdminException.Wrong(Body, "expected at least one line");
        }

        var byKind = read.GroupBy(kindOf, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var digest = Convert.ToHexStringLower(SHA256.HashData(body));
        if (AdminQuery.Flag(context, "dryRun"))
        {
            return Results.Json(new ImportAnswer(0, read.Count, DryRun: true, byKind, digest), AdminJson.Default.ImportAnswer);
        }

        return ChangeMaker.Make(context, installation.Changes, action, body, AdminJson.Default.ImportAnswer, () =>
            ("sha256:" + digest, new ImportAnswer(add(), read.Count, DryRun: false, byKind, digest)));
    }

    private static void RefuseWrong(List<LogProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new AdminException(new AdminProblem(
                "The body is wrong",
                StatusCodes.Status422UnprocessableEntity,
                $"Nothing was taken in: {problems.Count} mistakes{(problems.Count > ProblemsShown ? $", the first {ProblemsShown} shown" : "")}.",
                [.. problems.Take(ProblemsShown).Select(problem => new FieldProblem(problem.Field, problem.Expected, problem.Line))]));
        }
    }

    private static string TypeOf(HttpContext context, string[] known)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        return known.Contains(type)
            ? type
            : throw AdminException.Refused(StatusCodes.Status415UnsupportedMediaType, "The body's type is not known", "Content-Type: expected one of " + string.Join(", ", known) + ". Nothing was changed.");
    }

    private static IResult Known(HttpContext context, AdminInstallation installation, bool isParty)
    {
        AdminQuery.Only(context, "at", "knownAt");
        var now = installation.Time.GetUtcNow();
        var moment = new BookMoment(AdminQuery.Time(context, "at") ?? now, AdminQuery.Time(context, "knownAt") ?? now);
        var id = AdminRoutes.IdOf(context);
        var known = CustomerReading.Of(installation.Customers(), id, isParty, moment);
        return known.Count > 0
            ? Results.Json(new CustomerAnswer(id, moment.ValidAt, moment.KnownAt, known), AdminJson.Default.CustomerAnswer)
            : throw AdminException.Missing($"Nothing was known of this {(isParty ? "party" : "account")} at that moment.");
    }
}
