using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stillgate.Policy.Impact;

namespace Stillgate.Server.Impact;

/// <summary>The answer as text for a terminal, as JSON and as CSV.</summary>
internal static class ImpactText
{
    private const int AccountsShown = 20;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Text(ImpactQuestion question)
    {
        var report = question.Report;
        var lines = new List<string>
        {
            $"before: {question.BeforeName}{Version(question.Before.PolicyVersion)}",
            $"after:  {question.AfterName}{Version(question.After.PolicyVersion)}",
            $"traffic: {question.Traffic}, {Count(report.Total.All)}{(report.Span is { } span ? $", {Day(span.First)} to {Day(span.Last)}" : string.Empty)}",
        };
        lines.AddRange(question.RuleChanges.Select(change => $"rule {change.Change}: {change.Rule}"));
        lines.Add(question.StatusWords);
        lines.Add(string.Empty);
        lines.Add($"newly denied:       {Count(report.Total.NewlyDenied)}");
        lines.Add($"freed:              {Count(report.Total.Freed)}");
        lines.Add($"newly undetermined: {Count(report.Total.NewlyUndetermined)}");
        foreach (var (title, _, groups) in question.Sections.Where(section => section.Groups.Count > 0))
        {
            var width = Math.Clamp(groups.Max(group => group.Name.Length), 12, 40);
            lines.Add(string.Empty);
            lines.Add($"{title.PadRight(width + 2)}{"accounts",12}{"denied",12}{"freed",12}{"undetermined",14}{"exchanges",14}{"denied",14}");
            lines.AddRange(groups.Select(group => string.Create(
                CultureInfo.InvariantCulture,
                $"  {Cut(group.Name, width).PadRight(width)}{group.All.Accounts,12:N0}{group.NewlyDenied.Accounts,12:N0}{group.Freed.Accounts,12:N0}{group.NewlyUndetermined.Accounts,14:N0}{group.All.Exchanges,14:N0}{group.NewlyDenied.Exchanges,14:N0}")));
        }

        if (report.Accounts.Count > 0)
        {
            lines.Add(string.Empty);
            lines.Add($"accounts decided otherwise: {report.Accounts.Select(one => one.Account).Distinct(StringComparer.Ordinal).Count()}; the first {Math.Min(AccountsShown, report.Accounts.Count)} rows (--csv and --json have all)");
            lines.AddRange(report.Accounts.Take(AccountsShown).Select(one => string.Create(
                CultureInfo.InvariantCulture,
                $"  {one.Account}  {one.Kind}  {one.Before}{By(one.BeforeRule)} -> {one.After}{By(one.AfterRule)}{(one.Undetermined ? ", undetermined" : "")}  {one.Exchanges:N0} exchanges from {Day(one.First)}")));
        }

        return string.Join(Environment.NewLine, lines);
    }

    public static string Json(ImpactQuestion question) => JsonSerializer.Serialize(
        new
        {
            before = new { name = question.BeforeName, version = question.Before.PolicyVersion },
            after = new { name = question.AfterName, version = question.After.PolicyVersion },
            question.Traffic,
            question.IsAsIfInForce,
            first = question.Report.Span?.First,
            last = question.Report.Span?.Last,
            rules = question.RuleChanges.Select(change => new { change.Rule, change.Change }),
            question.Report.Total,
            question.Report.ByRule,
            question.Report.ByKind,
            question.Report.ByLanguage,
            question.Report.ByModel,
            question.Report.Accounts,
        },
        Options);

    /// <summary>One row an account and way of being decided otherwise, after RFC 4180.</summary>
    public static string Csv(ImpactReport report) => string.Concat(
        report.Accounts.Select(one => string.Join(',', new[]
        {
            one.Account, one.Kind, one.Change, one.Before, one.BeforeRule ?? "", one.After, one.AfterRule ?? "", one.Undetermined ? "true" : "false",
            one.Exchanges.ToString(CultureInfo.InvariantCulture), one.First.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        }.Select(Field)) + "\r\n").Prepend("account,kind,change,before,before_rule,after,after_rule,undetermined,exchanges,first\r\n"));

    // A cell that begins like a formula would be run by a spreadsheet; the names in it are the customers' own.
    private static string Field(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Count(ImpactCount count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count.Accounts:N0} accounts, {count.Exchanges:N0} exchanges");

    private static string Version(string? version) => version is null ? string.Empty : $" (version {version})";

    private static string By(string? rule) => rule is null ? string.Empty : " by " + rule;

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
