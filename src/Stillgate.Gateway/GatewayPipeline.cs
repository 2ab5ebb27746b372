using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stillgate.Gateway.Authentication;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Clients;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Controls.Ledgers;
using Stillgate.Gateway.Decisions;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Health;
using Stillgate.Gateway.Limits;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Routing;
using Stillgate.Gateway.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Stillgate.Gateway;

/// <summary>The live path: its stages, in the order in which a request passes them.</summary>
public static class GatewayPipeline
{
    /// <summary>Adds what the stages need.</summary>
    /// <param name="services">The host's services; <see cref="IKeyDirectory"/>, <see cref="ControlKeys"/>, <see cref="CurrentDecisions"/>, <see cref="IExchangeSink"/> and <see cref="GatewayMetrics"/>
    /// are the caller's to add, and a <see cref="TimeProvider"/>.</param>
    /// <param name="options">What the stages are set to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddHttpForwarder();
        services.AddSingleton(options);
        services.AddSingleton<DrainSignal>();
        services.AddSingleton(options.Timeouts);
        services.AddSingleton(provider => new GatewayConfigSource(options, provider.GetRequiredService<TimeProvider>(), provider.GetService<ICampaignDirectory>()));
        services.AddSingleton<ServedTurns>();
        services.AddSingleton<LogitBiasLedger>();
        services.AddSingleton<IKeptLedger>(provider => provider.GetRequiredService<ServedTurns>());
        services.AddSingleton<IKeptLedger>(provider => provider.GetRequiredService<LogitBiasLedger>());
        services.AddSingleton<BiasHashes>();
        services.AddSingleton<BiasControl>();
        services.AddSingleton<ConversationControl>();
        services.AddSingleton(new BufferBudget());
        services.AddSingleton(new ExchangeIds(RandomNumberGenerator.GetHexString(8, lowercase: true)));
        services.AddSingleton(new ClientAddresses(options.TrustedProxies));
        services.AddSingleton(_ => new ProviderConnections(options.Timeouts, options.ProviderRoots));
        services.AddSingleton<ForwarderMiddleware>();
        services.AddSingleton(GenAiNames.Of(options.GenAiVersion));
        services.AddSingleton<ExchangeCloser>();
        services.AddHostedService<ProviderProber>();
        return services;
    }

    /// <summary>Adds the stages. Every request that reaches this point leaves a record.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseGateway(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.ApplicationServices;
        var configs = services.GetRequiredService<GatewayConfigSource>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Stillgate.Gateway");

        app.Use(next => new HealthMiddleware(next, services.GetRequiredService<DrainSignal>(), services.GetRequiredService<IExchangeSink>(), configs).InvokeAsync);
        app.Use(next => new RecorderMiddleware(
            next,
            services.GetRequiredService<IExchangeSink>(),
            services.GetRequiredService<ExchangeCloser>(),
            services.GetRequiredService<ClientAddresses>(),
            services.GetRequiredService<ExchangeIds>(),
            services.GetRequiredService<GatewayMetrics>(),
            configs,
            services.GetRequiredService<TimeProvider>(),
            logger).InvokeAsync);
        app.Use(next => new EndpointMiddleware(next).InvokeAsync);
        app.Use(next => new AuthenticationMiddleware(next, services.GetRequiredService<IKeyDirectory>()).InvokeAsync);
        app.Use(next => new LimitsMiddleware(next, services.GetRequiredService<BufferBudget>()).InvokeAsync);
        app.Use(next => new DecideMiddleware(next, services.GetRequiredService<CurrentDecisions>()).InvokeAsync);
        app.Use(next => new ControlsMiddleware(next, services.GetRequiredService<ConversationControl>(), services.GetRequiredService<BiasControl>(), services.GetRequiredService<ExchangeCloser>()).InvokeAsync);
        app.Use(next => new BudgetsMiddleware(next, services.GetRequiredService<ExchangeCloser>()).InvokeAsync);
        app.Run(services.GetRequiredService<ForwarderMiddleware>().InvokeAsync);
        return app;
    }
}
