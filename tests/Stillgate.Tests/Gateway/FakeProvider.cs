using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Stillgate.Tests.Gateway;

/// <summary>A provider whose every byte a test decides, on a real socket.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeProvider(RequestDelegate serve, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        builder.Services.AddLogging();
        _app = builder.Build();
        _app.Run(serve);
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<FakeProvider> StartAsync(RequestDelegate serve, X509Certificate2? certificate = null)
    {
        var provider = new FakeProvider(serve, certificate);
        await provider._app.StartAsync();
        provider.Address = new Uri(provider._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return provider;
    }

    /// <summary>A provider that sends the bytes as a stream, in pieces of the given size, each flushed.</summary>
    public static Task<FakeProvider> StreamAsync(byte[] bytes, int pieceBytes) => StartAsync(async context =>
    {
        context.Response.ContentType = "text/event-stream";
        for (var at = 0; at < bytes.Length; at += pieceBytes)
        {
            await context.Response.Body.WriteAsync(bytes.AsMemory(at, Math.Min(pieceBytes, bytes.Length - at)));
            await context.Response.Body.FlushAsync();
        }
    });

    /// <summary>A provider that answers with one body.</summary>
    public static Task<FakeProvider> BodyAsync(byte[] bytes, int status = 200, Action<HttpResponse>? shape = null) => StartAsync(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        shape?.Invoke(context.Response);
        await context.Response.Body.WriteAsync(bytes);
    });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
