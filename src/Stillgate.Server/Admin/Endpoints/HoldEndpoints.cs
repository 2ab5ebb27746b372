using Stillgate.Server.Admin.Contracts;
using Stillgate.Server.Decisions;
using Stillgate.Storage.Holds;

namespace Stillgate.Server.Admin.Endpoints;

/// <summary>Holds on models.</summary>
internal static class HoldEndpoints
{
    private const int ExceptMax = 100_000;
    private const int ReasonCharactersMax = 2000;
    private const string DefaultReason = "The operator of this gateway serves this model to nobody but those on a list for now.";

    public static void Map(IEndpointRouteBuilder routes, AdminInstallation installation)
    {
        routes.Read("/holds", AdminRight.Read, "Every hold, those released and over included", context =>
        {
            AdminQuery.Only(context);
            var now = installation.Time.GetUtcNow();
            return Results.Json(new Listing<HoldAnswer>([.. installation.Holds.List().Select(hold => Of(hold, now))]), AdminJson.Default.ListingHoldAnswer);
        }).Produces<Listing<HoldAnswer>>();

        // A list of those who are spared may be long.
        routes.Change("/holds", AdminRight.Holds, "Closes a model to all but those on a list; in force within two seconds", AdminBody.ImportBytesMax, (context, body) => Place(context, body, installation))
            .Takes<HoldRequest>("application/json").Produces<HoldAnswer>(StatusCodes.Status201Created);
        routes.Remove("/holds/{id}", AdminRight.Holds, "Releases a hold; in force within two seconds", context => Release(context, installation)).Produces<HoldAnswer>();
    }

    private static IResult Place(HttpContext context, byte[] body, AdminInstallation installation)
    {
        var asked = AdminBody.Parse(body, AdminJson.Default.HoldRequest);
        var check = new AdminText();
        var model = check.Name("model", asked.Model);
        var except = asked.Except ?? [];
        if (except.Count > ExceptMax)
        {
            check.Wrong("except", $"expected at most {ExceptMax} accounts and organisations");
        }

        for (var i = 0; i < except.Count; i++)
        {
            check.Name($"except[{i}]", except[i]);
        }

        var reason = check.Text("reason", asked.Reason, ReasonCharactersMax) ?? DefaultReason;
        var until = check.Coming("until", asked.Until, installation.Time.GetUtcNow());
        check.End();
        var meant = new KnownModels(installation.Decisions, installation.Folder, ServedModels(installation)).MeantBy(model);
        if (meant is { Count: > 0 } && !asked.Unserved)
        {
            throw AdminException.Wrong("model", $"{KnownModels.Unknown}; {NearNames.Question(meant)} With unserved it is held all the same");
        }

        // Before the transaction, which a hold must leave at once to be in force.
        string[] spared = [.. except.Distinct(StringComparer.Ordinal)];
        var strangers = KnownCustomers.Unknown(spared, installation.Customers, installation.Decisions);
        return ChangeMaker.Make(context, installation.Changes, "hold.create", body, AdminJson.Default.HoldAnswer, () =>
        {
            var hold = installation.Holds.Place(model, spared, reason, until);
            return (hold.Id, Of(hold, hold.PlacedAt) with { UnknownModel = meant is not null, UnknownExcept = strangers });
        });
    }

    private static IEnumerable<string> ServedModels(AdminInstallation installation) => installation.Gateway?.Providers.SelectMany(provider => provider.Models) ?? [];

    private static IResult Release(HttpContext context, AdminInstallation installation)
    {
        var id = AdminRoutes.IdOf(context);
        return ChangeMaker.Make(context, installation.Changes, "hold.release", [], AdminJson.Default.HoldAnswer, () =>
        {
            // By id alone: two holds may stand on one model, and a caller means the one that it names.
            var stands = installation.Holds.List().Any(hold => hold.Id == id && hold.StandsAt(installation.Time.GetUtcNow()));
            return stands ? (installation.Holds.Release(id)[0].Id, Of(installation.Holds.List().First(hold => hold.Id == id), installation.Time.GetUtcNow())) : null;
        });
    }

    private static HoldAnswer Of(StoredHold hold, DateTimeOffset now) =>
        new(hold.StandsAt(now), hold.Id, hold.Model, hold.Except, hold.Reason, hold.PlacedAt, hold.Until, hold.ReleasedAt, UnknownModel: null, UnknownExcept: null);
}
