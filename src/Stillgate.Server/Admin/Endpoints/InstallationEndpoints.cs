using System.Globalization;
using System.Text.Json;
using Stillgate.Gateway.Forwarder;
using Stillgate.Server.Admin.Contracts;
using Stillgate.Storage.Admin;

namespace Stillgate.Server.Admin.Endpoints;

/// <summary>The running installation: providers, reload, and every change that was made.</summary>
internal static class InstallationEndpoints
{
    private const int PageMax = 1000;
    private const int PageDefault = 100;

    public static void Map(IEndpointRouteBuilder routes, AdminInstallation installation)
    {
        routes.Read("/providers", AdminRight.Read, "The providers of the configuration in force, and how each does", context =>
        {
            AdminQuery.Only(context);
            return Results.Json(new Listing<ProviderStanding>(installation.Gateway?.Providers ?? []), AdminJson.Default.ListingProviderStanding);
        }).Produces<Listing<ProviderStanding>>();
        routes.Change("/reload", AdminRight.Reload, "Reads the settings again: all of them come into force, or none", AdminBody.BytesMax, (context, body) => Reload(context, body, installation))
            .Produces<ReloadAnswer>().Produces<AdminProblem>(StatusCodes.Status422UnprocessableEntity, AdminProblem.ContentType);
        routes.Read("/changes", AdminRight.Read, "Every change, newest first. Parameters: before, limit", context => Changes(context, installation)).Produces<Listing<ChangeAnswer>>();
    }

    private static IResult Reload(HttpContext context, byte[] body, AdminInstallation installation)
    {
        AdminQuery.Only(context);
        var reload = installation.Reload() ?? throw AdminException.Refused(StatusCodes.Status409Conflict, "Nothing to reload", "This process was not started from settings.");
        return ChangeMaker.Make(context, installation.Changes, "reload", body, AdminJson.Default.ReloadAnswer, () =>
        {
            var problems = reload();
            return problems.Count == 0
                ? ("settings", new ReloadAnswer(Applied: true))
                : throw new AdminException(new AdminProblem(
                    "The settings are wrong",
                    StatusCodes.Status422UnprocessableEntity,
                    "Nothing was changed: those in force stay.",
                    [.. problems.Select(problem => new FieldProblem(problem.Path, problem.Message, problem.Line, problem.Source))]));
        });
    }

    private static IResult Changes(HttpContext context, AdminInstallation installation)
    {
        AdminQuery.Only(context, "before", "limit");
        var count = (int)(AdminQuery.Number(context, "limit", 1, PageMax) ?? PageDefault);
        var found = installation.Changes.List(AdminQuery.Number(context, "before", 1, long.MaxValue), count);
        ChangeAnswer[] page = [.. found.Select(Of)];
        var next = found.Count == count && found[^1].Number > 1 ? found[^1].Number.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Json(new Listing<ChangeAnswer>(page, next), AdminJson.Default.ListingChangeAnswer);
    }

    private static ChangeAnswer Of(AdminChange change)
    {
        using var what = JsonDocument.Parse(change.Answer);
        return new ChangeAnswer(change.Number, change.At, change.By, change.Action, change.Subject, what.RootElement.Clone());
    }
}
