using Stillgate.Server.Admin.Contracts;
using Stillgate.Storage.Keys;

namespace Stillgate.Server.Admin.Endpoints;

/// <summary>Clients' keys.</summary>
internal static class KeyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminInstallation installation)
    {
        routes.Read("/keys", AdminRight.Read, "Every client's key, the revoked included", context =>
        {
            AdminQuery.Only(context);
            return Results.Json(new Listing<KeyAnswer>([.. installation.Keys.List().Select(Of)]), AdminJson.Default.ListingKeyAnswer);
        }).Produces<Listing<KeyAnswer>>();
        routes.Change("/keys", AdminRight.Keys, "Creates a client's key; it is shown this once", AdminBody.BytesMax, (context, body) => Create(context, body, installation))
            .Takes<KeyRequest>("application/json").Produces<KeyAnswer>(StatusCodes.Status201Created);
        routes.Remove("/keys/{id}", AdminRight.Keys, "Revokes a client's key for ever", context => Revoke(context, installation)).Produces<KeyAnswer>();
    }

    private static IResult Create(HttpContext context, byte[] body, AdminInstallation installation)
    {
        var asked = AdminBody.Parse(body, AdminJson.Default.KeyRequest);
        var check = new AdminText();
        var (account, organization) = (check.Name("account", asked.Account), check.OptionalName("organization", asked.Organization));
        check.End();
        NewKey? made = null;
        return ChangeMaker.Make(
            context,
            installation.Changes,
            "key.create",
            body,
            AdminJson.Default.KeyAnswer,
            () =>
            {
                made = installation.Keys.Create(account, organization);
                return (made.Key.Id, Of(made.Key));
            },
            answer => answer with { Key = made!.Secret });
    }

    private static IResult Revoke(HttpContext context, AdminInstallation installation)
    {
        var id = AdminRoutes.IdOf(context);
        return ChangeMaker.Make(context, installation.Changes, "key.revoke", [], AdminJson.Default.KeyAnswer, () =>
            installation.Keys.Revoke(id) ? (id, Of(installation.Keys.List().First(key => key.Id == id))) : null);
    }

    private static KeyAnswer Of(StoredKey key) => new(key.Id, key.Account, key.Organization, key.CreatedAt, key.RevokedAt);
}
