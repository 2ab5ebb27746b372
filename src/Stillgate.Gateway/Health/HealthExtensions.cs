using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Recorder;

namespace Stillgate.Gateway.Health;

/// <summary>The gateway's health on another listener than its own.</summary>
public static class HealthExtensions
{
    /// <summary>Answers <c>/healthz</c> and <c>/readyz</c> for a gateway.</summary>
    /// <param name="app">The application of the other listener.</param>
    /// <param name="gateway">The gateway's own services.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseHealthOf(this IApplicationBuilder app, IServiceProvider gateway) => app.Use(next => new HealthMiddleware(
        next, gateway.GetRequiredService<DrainSignal>(), gateway.GetRequiredService<IExchangeSink>(), gateway.GetRequiredService<GatewayConfigSource>()).InvokeAsync);
}
