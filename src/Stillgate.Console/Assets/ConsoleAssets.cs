using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Stillgate.WebConsole.Assets;

/// <summary>Serves the embedded style sheet, script and icon. An address holds the content's hash, so a browser may keep it for ever.</summary>
internal sealed class ConsoleAssets
{
    private const string Prefix = "asset:";
    private readonly FrozenDictionary<string, Asset> _assets = Load();

    public string AddressOf(string name) => $"/assets/{name}?v={_assets[name].Hash}";

    public async Task Serve(HttpContext context, string name)
    {
        if (!_assets.TryGetValue(name, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (context.Request.Query["v"] == asset.Hash)
        {
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = asset.Bytes.Length;
        await context.Response.Body.WriteAsync(asset.Bytes, context.RequestAborted);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(resource => resource[Prefix.Length..], resource =>
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                var bytes = copy.ToArray();
                return new Asset(bytes, TypeOf(resource), Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
            });
    }

    private static string TypeOf(string resource) => Path.GetExtension(resource) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The console embeds no '{other}' asset."),
    };

    private sealed record Asset(byte[] Bytes, string ContentType, string Hash);
}
