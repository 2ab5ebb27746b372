using Stillgate.Server.Admin.Contracts;
using Stillgate.Storage.Admin;

namespace Stillgate.Server.Admin.Endpoints;

/// <summary>Admin keys.</summary>
internal static class AdminKeyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminInstallation installation)
    {
        routes.Read("/whoami", AdminRight.Read, "The admin key that asks", context => Results.Json(Of(AdminCaller.Of(context).Key), AdminJson.Default.AdminKeyAnswer))
            .Produces<AdminKeyAnswer>();
        routes.Read("/admin-keys", AdminRight.AdminKeys, "Every admin key, those not valid any more included", context =>
        {
            AdminQuery.Only(context);
            return Results.Json(new Listing<AdminKeyAnswer>([.. installation.AdminKeys.List().Select(Of)]), AdminJson.Default.ListingAdminKeyAnswer);
        }).Produces<Listing<AdminKeyAnswer>>();
        routes.Change("/admin-keys", AdminRight.AdminKeys, "Creates an admin key; it is shown this once", AdminBody.BytesMax, (context, body) => Create(context, body, installation))
            .Takes<AdminKeyRequest>("application/json").Produces<AdminKeyAnswer>(StatusCodes.Status201Created);
        routes.Remove("/admin-keys/{id}", AdminRight.AdminKeys, "Revokes an admin key for ever; the last valid owner's stays", context => Revoke(context, installation))
            .Produces<AdminKeyAnswer>().Produces<AdminProblem>(StatusCodes.Status409Conflict, AdminProblem.ContentType);
    }

    public static AdminKeyAnswer Of(StoredAdminKey key) => new(key.Id, key.Name, AdminKeyStore.Word(key.Role), key.CreatedAt, key.ExpiresAt, key.RevokedAt);

    private static IResult Create(HttpContext context, byte[] body, AdminInstallation installation)
    {
        var asked = AdminBody.Parse(body, AdminJson.Default.AdminKeyRequest);
        var check = new AdminText();
        var name = check.Name("name", asked.Name);
        var role = Enum.GetValues<AdminRole>().Cast<AdminRole?>().FirstOrDefault(known => AdminKeyStore.Word(known!.Value) == asked.Role);
        if (role is null)
        {
            check.Wrong("role", "expected one of viewer, operator, compliance, owner");
        }

        var expires = check.Coming("expiresAt", asked.ExpiresAt, installation.Time.GetUtcNow());
        check.End();
        NewAdminKey? made = null;
        return ChangeMaker.Make(
            context,
            installation.Changes,
            "admin-key.create",
            body,
            AdminJson.Default.AdminKeyAnswer,
            () =>
            {
                made = installation.AdminKeys.Create(name, role!.Value, expires);
                return (made.Key.Id, Of(made.Key));
            },
            answer => answer with { Key = made!.Secret });
    }

    private static IResult Revoke(HttpContext context, AdminInstallation installation)
    {
        var id = AdminRoutes.IdOf(context);
        return ChangeMaker.Make(context, installation.Changes, "admin-key.revoke", [], AdminJson.Default.AdminKeyAnswer, () =>
        {
            var now = installation.Time.GetUtcNow();
            var owners = installation.AdminKeys.List().Where(key => key.Role == AdminRole.Owner && key.IsValidAt(now)).ToArray();
            if (owners is [var last] && last.Id == id)
            {
                throw AdminException.Refused(
                    StatusCodes.Status409Conflict, "The last owner's key stays", "Create another owner's key first, or revoke it with 'stillgate admin key revoke'. Nothing was changed.");
            }

            return installation.AdminKeys.Revoke(id) ? (id, Of(installation.AdminKeys.List().First(key => key.Id == id))) : null;
        });
    }
}
