using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stillgate.WebConsole.Assets;
using Stillgate.WebConsole.Feeds;
using Stillgate.WebConsole.Pages;
using Stillgate.WebConsole.SignIn;

namespace Stillgate.WebConsole;

/// <summary>Adds the console to a host.</summary>
public static class ConsoleExtensions
{
    /// <summary>Registers the console's services.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="analysis">What the analysis has found.</param>
    /// <param name="traffic">What passes through the gateway.</param>
    /// <param name="options">What the console says of its installation.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddStillgateConsole(
        this IServiceCollection services, IAnalysisFeed analysis, ITrafficFeed traffic, ConsoleOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(analysis);
        services.AddSingleton(traffic);
        services.AddSingleton(options);
        services.AddSingleton<ConsoleAssets>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<ConsolePages>();
        return services;
    }

    /// <summary>Lets only readers in who signed in.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="signIn">Who may.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddStillgateConsoleSignIn(this IServiceCollection services, IConsoleSignIn signIn)
    {
        services.AddSingleton(signIn);
        services.AddSingleton<SessionBook>();
        services.AddSingleton<SignInPages>();
        return services;
    }

    /// <summary>Adds the console's pages at the root of the application. They are read-only: every route but those of the sign-in is a GET.</summary>
    /// <param name="application">An application whose services hold <see cref="AddStillgateConsole"/>.</param>
    /// <returns><paramref name="application"/>.</returns>
    public static WebApplication MapStillgateConsole(this WebApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var pages = application.Services.GetRequiredService<ConsolePages>();
        var assets = application.Services.GetRequiredService<ConsoleAssets>();

        // Outermost, so that a failure page carries the headers as well.
        application.Use(SecurityHeaders.Apply);
        application.Use(pages.AnswerFailures);
        if (application.Services.GetService<SignInPages>() is { } signIn)
        {
            application.Use(signIn.Guard);
            application.UseRouting();
            application.MapGet(SignInPages.Path, signIn.Form);
            application.MapPost(SignInPages.Path, signIn.SignIn);
            application.MapPost("/sign-out", signIn.SignOut);
        }
        else
        {
            application.UseRouting();
        }

        application.MapGet("/", pages.Overview);
        application.MapGet("/accounts", pages.Accounts);
        application.MapGet("/accounts/{id}", pages.Account);
        application.MapGet("/campaigns", pages.Campaigns);
        application.MapGet("/campaigns/{id}", pages.Campaign);
        application.MapGet("/assets/{name}", assets.Serve);
        application.MapFallback(pages.Missing);
        return application;
    }
}
