using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stillgate.Detection.Findings;

namespace Stillgate.WebConsole.Views;

/// <summary>What the reader asked of the account table.</summary>
/// <param name="Verdict">Only this verdict, or null for all.</param>
/// <param name="Text">Only accounts whose id, campaign or a reason holds this text; empty for all.</param>
/// <param name="Page">Page, from 1.</param>
public sealed record AccountQuery(Verdict? Verdict, string Text, int Page)
{
    /// <summary>Rows on a page.</summary>
    public const int RowsMax = 50;

    private const int TextLengthMax = 200;

    /// <summary>Reads a query string. What it does not understand it ignores: a reader's link never fails.</summary>
    /// <param name="query">The query string.</param>
    /// <returns>The query.</returns>
    public static AccountQuery Parse(IQueryCollection query)
    {
        var text = query["q"].ToString().Trim();
        return new AccountQuery(
            query["verdict"].ToString() switch
            {
                "harvest" => Detection.Findings.Verdict.Harvest,
                "watch" => Detection.Findings.Verdict.Watch,
                "clear" => Detection.Findings.Verdict.Clear,
                _ => null,
            },
            text.Length > TextLengthMax ? text[..TextLengthMax] : text,
            int.TryParse(query["page"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1);
    }

    /// <summary>Keeps the verdicts that the reader asked for, in their order.</summary>
    /// <param name="verdicts">All verdicts.</param>
    /// <returns>Those that match, before paging.</returns>
    public IReadOnlyList<AccountVerdict> Apply(IReadOnlyList<AccountVerdict> verdicts) =>
        Verdict is null && Text.Length == 0 ? verdicts : [.. verdicts.Where(Matches)];

    /// <summary>The address of this query on another page.</summary>
    /// <param name="page">Page, from 1.</param>
    /// <returns>A relative address.</returns>
    public string AddressOf(int page)
    {
        var verdict = Verdict is { } wanted ? $"verdict={Words.Of(wanted)}&" : "";
        var text = Text.Length > 0 ? $"q={Uri.EscapeDataString(Text)}&" : "";
        return string.Create(CultureInfo.InvariantCulture, $"/accounts?{verdict}{text}page={page}");
    }

    private bool Matches(AccountVerdict candidate) =>
        (Verdict is null || candidate.Verdict == Verdict)
        && (Text.Length == 0
            || candidate.Account.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || (candidate.Campaign?.Contains(Text, StringComparison.OrdinalIgnoreCase) ?? false)
            || candidate.Reasons.Any(reason => reason.Text.Contains(Text, StringComparison.OrdinalIgnoreCase)));
}
