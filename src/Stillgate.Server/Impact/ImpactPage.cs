using System.Globalization;
using System.Net;
using System.Text;
using Stillgate.Policy.Impact;
using Stillgate.Policy.Rules;

namespace Stillgate.Server.Impact;

/// <summary>
/// The answer as one page that needs nothing else: no script, nothing from outside, fit to be attached to a comment in a rule-making.
/// It names no account, and groups of few accounts are put together, so that it can be published.
/// </summary>
internal static class ImpactPage
{
    /// <summary>Groups of fewer accounts are not shown by themselves.</summary>
    public const int GroupAccountsMin = 5;

    public static string Render(ImpactQuestion question, DateTimeOffset at)
    {
        var page = new StringBuilder(16_384);
        var report = question.Report;
        page.Append(Head);
        page.Append(CultureInfo.InvariantCulture, $"<header><p class=\"kind\">Impact of a change of policy</p><h1>{Text(TitleOf(question))}</h1><p>{Text(question.AfterName)} compared with {Text(question.BeforeName)}, on {Number(report.Total.All.Exchanges)} exchanges of {Number(report.Total.All.Accounts)} accounts{Span(report)}.</p></header>\n<main>\n");
        Totals(page, report.Total);
        foreach (var (title, first, groups) in question.Sections)
        {
            Section(page, title, first, first is "Kind" or "Language" ? Folded(groups) : groups);
        }

        Rules(page, question);
        Method(page, question, at);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Totals(StringBuilder page, ImpactGroup total)
    {
        page.Append("<section aria-labelledby=\"result\"><h2 id=\"result\">Result</h2>\n<dl class=\"totals\">\n");
        foreach (var (name, count, css) in new[] { ("Newly denied", total.NewlyDenied, "denied"), ("Freed", total.Freed, "freed"), ("Newly undetermined", total.NewlyUndetermined, "open") })
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"{css}\"><dt>{name}</dt><dd><strong>{Number(count.Accounts)}</strong> accounts <span>({Share(count.Accounts, total.All.Accounts)})</span></dd><dd>{Number(count.Exchanges)} exchanges <span>({Share(count.Exchanges, total.All.Exchanges)})</span></dd></div>\n");
        }

        page.Append("</dl>\n</section>\n");
    }

    private static void Section(StringBuilder page, string title, string first, IReadOnlyList<ImpactGroup> groups)
    {
        var id = title.Replace(' ', '-').ToLowerInvariant();
        page.Append(CultureInfo.InvariantCulture, $"<section><h2 id=\"{id}\">{title}</h2>\n");
        if (groups.Count == 0)
        {
            page.Append("<p>Nothing applies to this traffic.</p></section>\n");
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\"><table><thead><tr><th scope=\"col\">{first}</th><th scope=\"col\">Accounts</th><th scope=\"col\">Newly denied</th><th scope=\"col\">Share denied</th><th scope=\"col\">Freed</th><th scope=\"col\">Newly undetermined</th><th scope=\"col\">Exchanges newly denied</th></tr></thead><tbody>\n");
        foreach (var group in groups)
        {
            var denied = group.NewlyDenied.Accounts;
            var share = group.All.Accounts == 0 || IsFew(denied) ? 0 : (double)denied / group.All.Accounts;
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(group.Name)}</th><td>{Few(group.All.Accounts)}</td><td>{Few(denied)}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"share\"><svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"all\" width=\"100\" height=\"8\"/><rect class=\"part\" width=\"{share * 100:0.##}\" height=\"8\"/></svg><span>{(IsFew(denied) || IsFew(group.All.Accounts) ? "n/a" : Share(denied, group.All.Accounts))}</span></td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{Few(group.Freed.Accounts)}</td><td>{Few(group.NewlyUndetermined.Accounts)}</td><td>{(IsFew(denied) ? "n/a" : Number(group.NewlyDenied.Exchanges))}</td></tr>\n");
        }

        page.Append("</tbody></table></div></section>\n");
    }

    private static void Rules(StringBuilder page, ImpactQuestion question)
    {
        page.Append("<section aria-labelledby=\"rules\"><h2 id=\"rules\">The rules</h2>\n");
        var changes = question.RuleChanges.ToDictionary(change => change.Rule, change => change.Change, StringComparer.Ordinal);
        var removed = (question.Before.Policy?.RuleDefinitions ?? []).Where(rule => changes.GetValueOrDefault(rule.Id) == "removed");
        foreach (var rule in (question.After.Policy?.RuleDefinitions ?? []).Concat(removed))
        {
            page.Append(CultureInfo.InvariantCulture, $"<article><h3><code>{Text(rule.Id)}</code> <span class=\"tag\">{changes.GetValueOrDefault(rule.Id, "unchanged")}</span></h3><p>{Text(rule.Reason)}</p><dl class=\"rule\"><dt>Basis</dt><dd>{Text(rule.LegalBasis.Citation)}</dd><dt>Status</dt><dd>{Text(string.Join("; ", rule.Periods.Select(Period)))}</dd><dt>Condition</dt><dd><code>{Text(rule.When)}</code></dd><dt>Outcome</dt><dd>{Decision.WordOf(rule.Outcome)}; where undetermined {Decision.WordOf(rule.Undetermined)}</dd></dl></article>\n");
        }

        page.Append("</section>\n");
    }

    private static string Period(EffectivePeriod period) => string.Create(
        CultureInfo.InvariantCulture, $"{LegalStatuses.WordOf(period.Status)} from {period.From.UtcDateTime:yyyy-MM-dd}{(period.To is { } end ? $" to {end.UtcDateTime.AddDays(-1):yyyy-MM-dd}" : string.Empty)}");

    /// <summary>What the policy calls itself; its file's name where it is of several files.</summary>
    private static string TitleOf(ImpactQuestion question) =>
        question.After.Policy?.Files is [{ Title: { Length: > 0 } title }] ? title : question.AfterName;

    private static void Method(StringBuilder page, ImpactQuestion question, DateTimeOffset at)
    {
        page.Append("<section aria-labelledby=\"method\"><h2 id=\"method\">How this was found, and what it does not say</h2>\n<ul>\n");
        foreach (var line in new[]
        {
            "Every exchange of the traffic was decided under both policies with the facts that were on record for its day, every rule taken as enforced. Denied means not served: denied, held, or asked for a further verification first.",
            question.StatusWords,
            "Undetermined means that the deciding rule hangs on a fact that nobody has stated. Nothing was inferred in its place.",
            "It is past traffic of one operator. Customers who would change what they do, or would never come, are not in it.",
            "The language is a guess from script and common words of the prompts, made to see whom a rule hits; no decision reads it. The kind of customer is what was stated of it.",
            "An account that wrote in several languages, asked for several models or was hit by several rules counts in each of them.",
            $"Groups of fewer than {GroupAccountsMin} accounts by kind or language are put together; within a group fewer than {GroupAccountsMin} accounts are shown as \"< {GroupAccountsMin}\" without their exchanges, and no account is named.",
            "It is no statement that anybody complies with anything.",
        })
        {
            page.Append(CultureInfo.InvariantCulture, $"<li>{Text(line)}</li>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"</ul>\n<dl class=\"rule\"><dt>Policy before</dt><dd>{Text(question.BeforeName)} {Text(question.Before.PolicyVersion ?? string.Empty)}</dd><dt>Policy after</dt><dd>{Text(question.AfterName)} {Text(question.After.PolicyVersion ?? string.Empty)}</dd><dt>Traffic</dt><dd>{Text(question.Traffic)}</dd><dt>Made</dt><dd>{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC by Stillgate</dd></dl>\n");
        foreach (var file in question.After.Policy?.Files ?? [])
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>Limits of {Text(file.Name)}: {Text(file.Limits)} Sources: {Text(string.Join("; ", file.Sources))}.</p>\n");
        }

        page.Append("</section>\n");
    }

    /// <summary>Puts small groups together. Counts of accounts may then count one twice; a single account in two small groups is rare enough to say so here alone.</summary>
    private static IReadOnlyList<ImpactGroup> Folded(IReadOnlyList<ImpactGroup> groups)
    {
        ImpactGroup[] small = [.. groups.Where(group => group.All.Accounts < GroupAccountsMin)];
        return small.Length == 0
            ? groups
            : [.. groups.Except(small), new ImpactGroup
            {
                Name = $"others, each of fewer than {GroupAccountsMin} accounts",
                All = Sum(small, group => group.All),
                NewlyDenied = Sum(small, group => group.NewlyDenied),
                Freed = Sum(small, group => group.Freed),
                NewlyUndetermined = Sum(small, group => group.NewlyUndetermined),
            }];
    }

    private static ImpactCount Sum(ImpactGroup[] groups, Func<ImpactGroup, ImpactCount> of) =>
        new(groups.Sum(group => of(group).Accounts), groups.Sum(group => of(group).Exchanges));

    private static string Span(ImpactReport report) => report.Span is { } span
        ? string.Create(CultureInfo.InvariantCulture, $" from {span.First.UtcDateTime:yyyy-MM-dd} to {span.Last.UtcDateTime:yyyy-MM-dd}")
        : string.Empty;

    private static bool IsFew(long accounts) => accounts is > 0 and < GroupAccountsMin;

    /// <summary>A count of accounts in a group; a handful is not told exactly, or a reader who knows one of them learns of the rest.</summary>
    private static string Few(long accounts) => IsFew(accounts) ? $"&lt; {GroupAccountsMin}" : Number(accounts);

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(long part, long all) => all == 0 ? "0 %" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / all:0.##} %");

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="color-scheme" content="light dark">
        <title>Impact of a change of policy</title>
        <style>
        :root { color-scheme: light dark; --paper: light-dark(#ffffff, #12171a); --ink: light-dark(#15201e, #e6ecea); --soft: light-dark(#4c5a57, #a5b4b0); --line: light-dark(#c9d2cf, #36423f);
          --denied: light-dark(#a32015, #ff9486); --freed: light-dark(#0b5f63, #6cc9c6); --open: light-dark(#7a4b00, #e7b25a); --wash: light-dark(#f1f4f3, #1a2123); }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1040px; padding: 40px 24px 64px; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
        h1 { margin: 4px 0 8px; font-size: 30px; line-height: 1.2; letter-spacing: -0.015em; overflow-wrap: anywhere; }
        h2 { margin: 40px 0 12px; font-size: 20px; }
        h3 { margin: 0 0 4px; font-size: 16px; }
        p { margin: 0 0 8px; max-width: 72ch; }
        .kind { color: var(--soft); margin: 0; }
        code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.9em; overflow-wrap: anywhere; }
        .totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 16px; margin: 0; }
        .totals div { background: var(--wash); border-top: 4px solid var(--line); padding: 14px 16px; }
        .totals dt { font-weight: 650; }
        .totals dd { margin: 0; }
        .totals dd span { color: var(--soft); }
        .totals strong { font-size: 28px; line-height: 1.3; }
        .denied { border-top-color: var(--denied) !important; } .denied strong { color: var(--denied); }
        .freed { border-top-color: var(--freed) !important; } .freed strong { color: var(--freed); }
        .open { border-top-color: var(--open) !important; } .open strong { color: var(--open); }
        .scroll { overflow-x: auto; }
        .scroll:focus-visible { outline: 2px solid var(--freed); outline-offset: 2px; }
        table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 760px; }
        thead th:first-child { width: 26%; } thead th:nth-child(4) { width: 19%; }
        th, td { padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); text-align: right; vertical-align: baseline; white-space: nowrap; }
        thead th { color: var(--soft); font-weight: 600; font-size: 14px; white-space: normal; vertical-align: bottom; }
        tbody th { font-weight: 500; overflow-wrap: anywhere; white-space: normal; }
        th:first-child { text-align: left; }
        .share svg { width: 72px; height: 8px; } .share span { display: inline-block; width: 76px; }
        .all { fill: var(--line); } .part { fill: var(--denied); }
        article { border-left: 3px solid var(--line); padding: 2px 0 2px 16px; margin: 0 0 20px; }
        .tag { font-size: 13px; font-weight: 500; color: var(--soft); }
        .rule { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0 0 12px; }
        .rule dt { color: var(--soft); } .rule dd { margin: 0; overflow-wrap: anywhere; }
        ul { padding-left: 20px; max-width: 76ch; }
        @media (max-width: 560px) { body { padding: 24px 16px 48px; } .rule { grid-template-columns: 1fr; } .rule dd { margin-bottom: 6px; } }
        @media print { body { max-width: none; padding: 0; font-size: 12px; -webkit-print-color-adjust: exact; print-color-adjust: exact; } .scroll { overflow: visible; } table { min-width: 0; }
          tr, article, .totals div { break-inside: avoid; } h2, h3 { break-after: avoid; } thead { display: table-header-group; } }
        </style>
        </head>
        <body>

        """;
}
