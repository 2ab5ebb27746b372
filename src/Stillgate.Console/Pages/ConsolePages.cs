using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Stillgate.WebConsole.Assets;
using Stillgate.WebConsole.Components;
using Stillgate.WebConsole.Feeds;
using Stillgate.WebConsole.Views;

namespace Stillgate.WebConsole.Pages;

/// <summary>Answers each of the console's routes.</summary>
internal sealed class ConsolePages(
    IAnalysisFeed analysis, ITrafficFeed traffic, ConsoleOptions options, ConsoleAssets assets,
    PageRenderer renderer, TimeProvider time, ILogger<ConsolePages> logger)
{
    private const string ThemeCookie = "stillgate-theme";

    // The latest view. Swapped whole; a lost race costs one more index, never a wrong one.
    private AnalysisView _view = new(Detection.Findings.AnalysisSnapshot.Empty);

    public Task Overview(HttpContext context) => Write<OverviewPage>(context, StatusCodes.Status200OK, new()
    {
        [nameof(OverviewPage.View)] = View(),
        [nameof(OverviewPage.Traffic)] = traffic.Current,
        [nameof(OverviewPage.WarmUpShare)] = analysis.WarmUpShare,
    });

    public Task Accounts(HttpContext context) => Write<AccountsPage>(context, StatusCodes.Status200OK, new()
    {
        [nameof(AccountsPage.View)] = View(),
        [nameof(AccountsPage.Query)] = AccountQuery.Parse(context.Request.Query),
    });

    public Task Campaigns(HttpContext context) => Write<CampaignsPage>(context, StatusCodes.Status200OK, new()
    {
        [nameof(CampaignsPage.View)] = View(),
    });

    public Task Account(HttpContext context)
    {
        var view = View();
        var id = LastSegment(context);
        return view.FindAccount(id) is { } verdict
            ? Write<AccountPage>(context, StatusCodes.Status200OK, new()
            {
                [nameof(AccountPage.Subject)] = verdict,
                [nameof(AccountPage.Campaign)] = verdict.Campaign is null ? null : view.FindCampaign(verdict.Campaign),
                [nameof(AccountPage.View)] = view,
            })
            : NotFound(context, $"The analysis has seen no account “{id}”.", "It appears here after its first exchange.");
    }

    public Task Campaign(HttpContext context)
    {
        var view = View();
        var id = LastSegment(context);
        return view.FindCampaign(id) is { } campaign
            ? Write<CampaignPage>(context, StatusCodes.Status200OK, new()
            {
                [nameof(CampaignPage.Campaign)] = campaign,
                [nameof(CampaignPage.View)] = view,
            })
            : NotFound(context, $"There is no campaign “{id}”.", "Campaigns that were found are listed under Campaigns.");
    }

    public Task Missing(HttpContext context) =>
        NotFound(context, "There is no page at this address.", "Use the navigation above to find your way back.");

    /// <summary>Turns an exception into a page that says so, and logs it without what the request carried.</summary>
    public async Task AnswerFailures(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader closed the page; there is nobody left to answer.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            ConsoleLog.PageFailed(logger, failure);
            await Write<MessagePage>(context, StatusCodes.Status500InternalServerError, new()
            {
                [nameof(MessagePage.Title)] = "This page could not be made",
                [nameof(MessagePage.Text)] = "The console failed while reading the analysis. The gateway is not affected.",
                [nameof(MessagePage.Advice)] = "Reload the page. The cause is in Stillgate’s own log.",
            });
        }
    }

    private Task NotFound(HttpContext context, string text, string advice) =>
        Write<MessagePage>(context, StatusCodes.Status404NotFound, new()
        {
            [nameof(MessagePage.Title)] = "Not found",
            [nameof(MessagePage.Text)] = text,
            [nameof(MessagePage.Advice)] = advice,
        });

    /// <summary>Writes a page within its frame.</summary>
    public Task Write<TPage>(HttpContext context, int status, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        parameters[nameof(MessagePage.Context)] = new PageContext
        {
            Theme = context.Request.Cookies[ThemeCookie] is "light" or "dark" ? context.Request.Cookies[ThemeCookie] : null,
            Options = options,
            StyleAddress = assets.AddressOf("console.css"),
            ScriptAddress = assets.AddressOf("console.js"),
            SignedInAs = context.Features.Get<SignIn.ConsoleSession>()?.Name,
            RenderedAt = time.GetUtcNow(),
        };
        return renderer.WriteAsync<TPage>(context, status, parameters);
    }

    private AnalysisView View()
    {
        var snapshot = analysis.Current;
        var view = _view;
        if (!ReferenceEquals(view.Snapshot, snapshot))
        {
            _view = view = new AnalysisView(snapshot);
        }

        return view;
    }

    // The route value keeps %2F as it stands, so an id with a slash is only told apart in the raw target.
    private static string LastSegment(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? query : target.Length);
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
