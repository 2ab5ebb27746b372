using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Stillgate.WebConsole.Components;
using Stillgate.WebConsole.Pages;

namespace Stillgate.WebConsole.SignIn;

/// <summary>
/// Keeps readers without a session out, signs them in with an admin key and out again. The form carries a token that must equal a cookie which no other site's
/// request carries (SameSite=Strict), and browsers that say from where a request comes must say from here.
/// </summary>
internal sealed class SignInPages(IConsoleSignIn signIn, SessionBook sessions, ConsolePages pages, ILogger<SignInPages> logger)
{
    public const string Path = "/sign-in";
    public const string RefreshHeader = "Stillgate-Refresh";
    private const string SessionCookie = "stillgate-session";
    private const string FormCookie = "stillgate-form";
    private const int FormBytesMax = 8 << 10;

    /// <summary>Lets signed-in readers pass; sends others to the form.</summary>
    public Task Guard(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == Path || context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
        {
            return next(context);
        }

        if (sessions.Find(Cookie(context, SessionCookie), isByHand: !context.Request.Headers.ContainsKey(RefreshHeader)) is { } session)
        {
            context.Features.Set(session);
            return next(context);
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var to = context.Request.Path + context.Request.QueryString;
        return Go(context, to == "/" ? Path : $"{Path}?to={Uri.EscapeDataString(to)}");
    }

    public Task Form(HttpContext context) => Write(context, StatusCodes.Status200OK, To(context.Request.Query["to"]), message: null);

    public async Task SignIn(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = FormBytesMax;
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var to = To(form["to"]);
        if (!IsFromHere(context) || !IsSame(Cookie(context, FormCookie), form["token"]))
        {
            await Write(context, StatusCodes.Status403Forbidden, to, "The form had been open too long, or did not come from here. Try again.");
            return;
        }

        var answer = signIn.Try(form["key"].ToString().Trim(), context.Connection.RemoteIpAddress);
        if (answer.KeyId is null)
        {
            ConsoleLog.SignInRefused(logger);
            await Refuse(context, to, answer.Wait);
            return;
        }

        ConsoleLog.SignedIn(logger, answer.KeyId);
        Keep(context, SessionCookie, sessions.Begin(answer.KeyId, answer.Name ?? answer.KeyId));
        await Go(context, to);
    }

    public Task SignOut(HttpContext context)
    {
        if (!IsFromHere(context))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        sessions.End(Cookie(context, SessionCookie));
        context.Response.Cookies.Delete(NameOf(context, SessionCookie), OptionsOf(context));
        return Go(context, Path);
    }

    private Task Refuse(HttpContext context, string to, TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (wait <= TimeSpan.Zero)
        {
            return Write(context, StatusCodes.Status401Unauthorized, to, "This is no valid admin key.");
        }

        context.Response.Headers.RetryAfter = seconds;
        return Write(context, StatusCodes.Status429TooManyRequests, to, $"Too many wrong keys. Wait {seconds} s before the next.");
    }

    private Task Write(HttpContext context, int status, string to, string? message)
    {
        // One token a browser: two open forms must both work.
        var token = Cookie(context, FormCookie) is { Length: 43 } kept ? kept : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        Keep(context, FormCookie, token);
        return pages.Write<SignInPage>(context, status, new()
        {
            [nameof(SignInPage.To)] = to,
            [nameof(SignInPage.Token)] = token,
            [nameof(SignInPage.Message)] = message,
        });
    }

    private static Task Go(HttpContext context, string to)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    }

    // Only a path of ours: browsers read // and /\ as the beginning of another host.
    private static string To(string? asked) =>
        asked is { Length: > 1 and < 2048 } && asked[0] == '/' && asked[1] is not ('/' or '\\') && !asked.Any(character => char.IsControl(character) || character == '\\') && !asked.StartsWith(Path, StringComparison.Ordinal)
            ? asked
            : "/";

    private static bool IsFromHere(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin";

    private static bool IsSame(string? one, string? other) =>
        one is { Length: > 0 } && other is { Length: > 0 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string? Cookie(HttpContext context, string name) => context.Request.Cookies[NameOf(context, name)];

    private static void Keep(HttpContext context, string name, string value) => context.Response.Cookies.Append(NameOf(context, name), value, OptionsOf(context));

    // The prefix makes a browser refuse the cookie from anybody but this host over TLS.
    private static string NameOf(HttpContext context, string name) => context.Request.IsHttps ? "__Host-" + name : name;

    private static CookieOptions OptionsOf(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true };
}
