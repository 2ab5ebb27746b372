using Microsoft.AspNetCore.Http.Features;

namespace Stillgate.Server.Admin;

/// <summary>Adds endpoints that ask for a right before anything of the request is looked at.</summary>
internal static class AdminRoutes
{
    public const string Prefix = "/admin/v1";

    /// <summary>An endpoint that reads.</summary>
    public static RouteHandlerBuilder Read(this IEndpointRouteBuilder routes, string path, AdminRight right, string summary, Func<HttpContext, IResult> answer) =>
        Describe(routes.MapGet(Prefix + path, answer), right, summary);

    /// <summary>An endpoint that changes something and takes a body.</summary>
    public static RouteHandlerBuilder Change(
        this IEndpointRouteBuilder routes, string path, AdminRight right, string summary, int bodyBytesMax, Func<HttpContext, byte[], IResult> answer) =>
        Describe(
            routes.MapPost(Prefix + path, (Func<HttpContext, Task<IResult>>)(async context => answer(context, await AdminBody.ReadAsync(context, bodyBytesMax)))), right, summary);

    /// <summary>An endpoint that revokes or releases.</summary>
    public static RouteHandlerBuilder Remove(this IEndpointRouteBuilder routes, string path, AdminRight right, string summary, Func<HttpContext, IResult> answer) =>
        Describe(routes.MapDelete(Prefix + path, answer), right, summary);

    /// <summary>Says for the document what an endpoint's body is.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, params string[] contentTypes) => endpoint.WithMetadata(new BodyShape(typeof(T), contentTypes));

    /// <summary>The path's last segment as it was sent: a route value keeps %2F, so that an id with a slash could not be told from one without.</summary>
    public static string IdOf(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? query : target.Length);
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, AdminRight right, string summary) => endpoint
        .WithMetadata(new RightNeeded(right))
        .WithSummary(summary)
        .WithDescription($"Roles: {AdminRights.RolesWith(right)}.")
        .Produces<AdminProblem>(StatusCodes.Status400BadRequest, AdminProblem.ContentType)
        .Produces<AdminProblem>(StatusCodes.Status401Unauthorized, AdminProblem.ContentType)
        .Produces<AdminProblem>(StatusCodes.Status403Forbidden, AdminProblem.ContentType)
        .Produces<AdminProblem>(StatusCodes.Status429TooManyRequests, AdminProblem.ContentType);
}
