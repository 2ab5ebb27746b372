using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Stillgate.Server.Admin;

/// <summary>The OpenAPI document of the admin API, made of the endpoints themselves.</summary>
internal static class AdminDocument
{
    private const string Scheme = "adminKey";

    public static void Add(IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Stillgate admin API",
                    Version = "1",
                    Description = "Errors are application/problem+json and name each field and what was expected. A POST may carry Idempotency-Key: repeated, it is done once.",
                };
                document.Servers = [];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An admin key: stillgate admin key create" },
                };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(DescribeBodyAsync);
        });
    }

    private static async Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (context.Description.HttpMethod == HttpMethods.Post)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = ChangeMaker.RequestKeyHeader,
                In = ParameterLocation.Header,
                Description = "The same request under the same key is done once.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 128 },
            });
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<BodyShape>().FirstOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Shape, parameterDescription: null, cancellation);
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = body.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }) };
        }
    }

    // It needs no key: it says nothing that the source does not say.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi(AdminRoutes.Prefix + "/openapi.json");
}
